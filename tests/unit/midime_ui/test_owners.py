"""Who a visitor is to the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import streamlit as st

from midime_engine.errors import LibraryError
from midime_engine.library import Owner, secret
from midime_ui import keepsakes, owners, saving
from tests.support.keeping import POSITION, with_provenance

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

pytestmark = pytest.mark.usefixtures("bare_session")


@pytest.fixture
def personal(study: Study, personal: Personal) -> Personal:
    """With its provenance, as the app makes it."""
    return with_provenance(study, personal)


def test_a_secret_that_opens_nothing_is_explained(study: Study, personal: Personal) -> None:
    """And does not take the place of a good one."""
    saving.save(study, personal, POSITION, name="x", with_songs=False)
    good = keepsakes.owner_secret()
    for word in (secret(), "nonsense"):
        with pytest.raises(LibraryError):
            owners.enter(word)
    assert keepsakes.owner_secret() == good
    assert good is not None
    owners.enter(good)


def test_a_login_comes_before_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has logged in is who the host knows."""
    keepsakes.set_owner_secret(secret())
    user = {"is_logged_in": True, "iss": "https://id.example", "sub": "7"}
    monkeypatch.setattr(st, "user", user)
    assert owners.offers_login()
    assert owners.owner() == Owner.by_login(issuer="https://id.example", subject="7")
    monkeypatch.setattr(st, "user", {"is_logged_in": False})
    assert owners.login() is None
    monkeypatch.setattr(st, "user", {"is_logged_in": True})
    assert owners.login() is None
    monkeypatch.setattr(st, "user", {})
    assert not owners.offers_login()


def test_who_needs_to_be_somebody_stays_the_same() -> None:
    """By a secret that the session keeps."""
    assert owners.owner() is None
    new = owners.require_owner()
    assert owners.require_owner() == owners.owner() == new
    word = keepsakes.owner_secret()
    assert word is not None
    assert Owner.by_secret(word) == new
