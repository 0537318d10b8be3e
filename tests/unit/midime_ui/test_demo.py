"""The finished example is there at once."""

from __future__ import annotations

import pytest

from midime_ui.demo import demo


@pytest.mark.usefixtures("fakes")
def test_a_song_and_its_variation_are_ready_to_be_played() -> None:
    """Of the same length, not the same notes; shared by all sessions."""
    ready = demo()
    song, variation = ready.song, ready.variation
    assert [(n.pitch, n.start_time) for n in song.notes] != [
        (n.pitch, n.start_time) for n in variation.notes
    ]
    assert song.total_time == pytest.approx(variation.total_time, abs=0.5)
    assert 0 < ready.n_copied < ready.n_bars == 8
    assert demo() is ready
