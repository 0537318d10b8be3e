"""Seconds to quarter notes through tempo changes."""

from __future__ import annotations

import numpy as np
import pytest
from note_seq import NoteSequence

from midime_engine.music.tempo_map import TempoMap


def _map(*tempos: tuple[float, float]) -> TempoMap:
    sequence = NoteSequence()
    for time, qpm in tempos:
        sequence.tempos.add(time=time, qpm=qpm)
    return TempoMap.of(sequence)


def test_without_a_tempo_it_is_120() -> None:
    """Two quarter notes a second is what MIDI means when it says nothing."""
    assert _map().quarters(np.array([0.0, 1.0, 2.5])).tolist() == [0.0, 2.0, 5.0]


def test_time_runs_on_through_a_change() -> None:
    """Two seconds at 60 are two quarters; each second at 180 adds three."""
    assert _map((0, 60), (2, 180)).quarters(np.array([1.0, 2.0, 3.0])).tolist() == [1.0, 2.0, 5.0]


def test_before_the_first_tempo_the_default_holds() -> None:
    """A tempo that begins after one second leaves two quarter notes before it."""
    assert _map((1, 60)).quarters(np.array([1.0, 2.0])).tolist() == [2.0, 3.0]


def test_of_two_tempos_at_one_time_the_later_wins() -> None:
    """As in every player."""
    assert _map((0, 60), (0, 240)).quarters(np.array([1.0])).tolist() == [4.0]


@pytest.mark.parametrize(
    ("tempos", "seconds", "typical"),
    [
        (((0, 90),), 10.0, 90.0),
        (((0, 120), (4, 60)), 6.0, 120.0),  # 8 quarter notes of 10
        (((0, 100), (6, 120)), 11.0, 100.0),  # 10 quarter notes each: the first
        (((0, 60), (4, 120), (6, 240)), 7.0, 120.0),  # 4 each: the one in the middle
    ],
)
def test_the_typical_tempo_holds_for_half_or_is_the_median(
    tempos: tuple[tuple[float, float], ...], seconds: float, typical: float
) -> None:
    """A slow ending does not slow down the song."""
    assert _map(*tempos).typical_qpm(seconds) == typical


def test_an_empty_piece_has_the_tempo_it_states() -> None:
    """No music, no weight: still a tempo."""
    assert _map((0, 77)).typical_qpm(0.0) == 77
