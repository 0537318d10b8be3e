"""The owner's link is shown to whoever needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_engine.library import Owner, secret
from midime_ui import owners
from tests.support.stage import perform, words

if TYPE_CHECKING:
    import pytest


def script(word: str | None) -> None:
    """The component alone."""
    from midime_ui import keepsakes
    from midime_ui.components import owner_link

    if word is not None:
        keepsakes.set_owner_secret(word)
    owner_link.show()


def test_an_owner_reads_that_it_is_the_only_way_back() -> None:
    """With the link itself, and what it can do in wrong hands."""
    word = secret()
    page = perform(script, word=word)
    assert page.code[0].value.endswith(f"/library?owner={word}")
    assert "only way back" in words(page)
    assert "delete" in words(page)


def test_who_owns_nothing_or_has_logged_in_sees_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is nothing to keep."""
    assert not perform(script, word=None).code
    monkeypatch.setattr(owners, "login", lambda: Owner("x"))
    assert not perform(script, word=secret()).code
