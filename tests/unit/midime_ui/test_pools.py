"""What visitors share is one object for all of them."""

from __future__ import annotations

from midime_ui import pools


def test_downloads_are_shared() -> None:
    """By all sessions of the process."""
    assert pools.fetches() is pools.fetches()
