"""Who is there: by a link, by a login, or nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import streamlit as st

from midime_engine.library import Content, Owner, secret
from midime_ui import library
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest


def script(word: str | None = None) -> None:
    """The component alone."""
    import streamlit as st

    from midime_ui.components import ownership

    if word is not None and "entered" not in st.session_state:
        st.session_state["entered"] = True
        st.query_params["owner"] = word
    st.session_state["result"] = ownership.show()


@pytest.fixture(autouse=True)
def _on_fakes(fakes: None) -> None:
    """With an empty library."""


def result(page: AppTest) -> Owner | None:
    """What the component has returned."""
    return page.session_state["result"]


def test_a_new_visitor_is_nobody() -> None:
    """And sees no link and no login."""
    page = perform(script)
    assert result(page) is None
    assert not page.code
    assert not page.button


def test_the_owners_link_makes_the_owner_and_leaves_the_address() -> None:
    """For the whole session."""
    word = secret()
    owner = Owner.by_secret(word)
    library.library().save(owner, Content(model=b"x", base_model="mel_2bar"), name="x")
    page = perform(script, word=word)
    assert result(page) == owner
    assert "owner" not in page.query_params
    assert result(page.run()) == owner


def test_where_a_login_is_configured_it_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before, a button; after, the name."""
    monkeypatch.setattr(st, "user", {"is_logged_in": False})
    page = perform(script)
    assert [button.label for button in page.button] == ["Log in"]
    user = {"is_logged_in": True, "iss": "https://i", "sub": "1", "name": "*Ada*"}
    monkeypatch.setattr(st, "user", user)
    page = perform(script)
    assert r"Logged in as \*Ada\*" in words(page)
    assert result(page) == Owner.by_login(issuer="https://i", subject="1")
