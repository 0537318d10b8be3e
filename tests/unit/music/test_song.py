"""What a song says about itself."""

from __future__ import annotations

import pickle

from tests.support.midi_files import bars_of, song
from tests.support.songs import track


def test_a_song_counts_its_bars() -> None:
    """Four notes on four bar lines of 3/4 are four bars."""
    waltz = song(bars_of(12, 4), metres=((0, 3, 4),), tempos=((0, 90.0),))
    assert (waltz.n_bars, waltz.time_signature, round(waltz.qpm)) == (4, (3, 4), 90)


def test_a_pickup_is_no_bar() -> None:
    """Musicians begin to count at the first full bar."""
    found = song(bars_of(4, 9), metres=((0, 1, 4), (4, 4, 4)))
    assert found.bars[0].number == 0
    assert found.n_bars == 2


def test_a_last_note_of_no_length_is_inside_the_song() -> None:
    """It sounds for one step, and that step belongs to the song."""
    short = song(bars_of(16, 1))
    short.sequence.notes[0].start_time = short.sequence.notes[0].end_time = 2.0
    assert short.n_steps == 17


def test_a_song_survives_a_cache() -> None:
    """Streamlit pickles what it caches."""
    original = song(track("C4 . E4 . G4 . . ."))
    again = pickle.loads(pickle.dumps(original))  # noqa: S301 - our own bytes
    assert again.sha256 == original.sha256
    assert again.n_steps == original.n_steps == 8
