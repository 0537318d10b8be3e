"""What a session knows of the library stays until something else is known."""

from __future__ import annotations

import pytest
import streamlit as st

from midime_ui import keepsakes
from midime_ui.keepsakes import Keepsake


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A session without a browser."""
    values: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", values)
    monkeypatch.delenv("MIDIME_MODEL", raising=False)
    return values


def test_what_is_known_of_the_library_is_kept() -> None:
    """Who owns it, where the MidiMe is in it, and the link that was made."""
    keepsake = Keepsake("id", "0" * 64, has_songs=False)
    keepsakes.set_keepsake(keepsake)
    keepsakes.set_owner_secret("word")
    assert (keepsakes.keepsake(), keepsakes.owner_secret()) == (keepsake, "word")
    assert keepsakes.made_share() is None
    keepsakes.set_keepsake(None)
    assert keepsakes.keepsake() is None
