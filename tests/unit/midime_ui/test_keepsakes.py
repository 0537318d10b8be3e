"""What a session knows of the library stays until something else is known."""

from __future__ import annotations

import pytest

from midime_ui import keepsakes
from midime_ui.keepsakes import Keepsake

pytestmark = pytest.mark.usefixtures("bare_session")


def test_what_is_known_of_the_library_is_kept() -> None:
    """Who owns it, where the MidiMe is in it, and the link that was made."""
    keepsake = Keepsake("id", "0" * 64, has_songs=False)
    keepsakes.set_keepsake(keepsake)
    keepsakes.set_owner_secret("word")
    assert (keepsakes.keepsake(), keepsakes.owner_secret()) == (keepsake, "word")
    assert keepsakes.made_share() is None
    keepsakes.set_keepsake(None)
    assert keepsakes.keepsake() is None
