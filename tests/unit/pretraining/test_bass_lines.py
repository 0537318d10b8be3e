from __future__ import annotations

import numpy as np
import pytest

from midime_engine.converters.notes import Notes
from midime_engine.pretraining.bass_lines import bass_of_piano


def piano(*notes: tuple[int, int, int]) -> Notes:
    """Notes given as (start, end, pitch)."""
    start, end, pitch = np.array(notes, np.int32).reshape(-1, 3).T
    zeros = np.zeros(len(start), np.int32)
    return Notes(pitch.copy(), start.copy(), end.copy(), zeros, zeros, zeros, zeros.astype(bool))


def line(notes: Notes) -> list[tuple[int, int, int]]:
    """The same back."""
    return list(zip(notes.start.tolist(), notes.end.tolist(), notes.pitch.tolist(), strict=True))


def test_the_lowest_note_of_each_chord_is_the_bass() -> None:
    """Whatever the right hand does."""
    chords = [(i * 4, i * 4 + 4, pitch) for i in range(4) for pitch in (36 + i, 52, 55, 72)]
    assert line(bass_of_piano(piano(*chords))) == [(i * 4, i * 4 + 4, 36 + i) for i in range(4)]


def test_what_only_the_right_hand_plays_is_a_rest() -> None:
    """Nothing above A3 is bass."""
    assert len(bass_of_piano(piano((0, 4, 60), (4, 8, 64)))) == 0
    assert len(bass_of_piano(piano())) == 0


def test_the_top_of_an_arpeggio_is_left_out() -> None:
    """Root and fifth stay; the tenth above them belongs to the chord."""
    arpeggio = piano((0, 2, 36), (2, 4, 43), (4, 6, 52), (6, 8, 43))
    assert [pitch for _, _, pitch in line(bass_of_piano(arpeggio))] == [36, 43, 43]


def test_a_run_of_sixteenths_is_thinned_out() -> None:
    """Two onsets are two steps apart at least; of neighbours the lower one is the bass."""
    run = piano((0, 1, 40), (1, 2, 43), (2, 3, 40), (4, 5, 41), (5, 6, 38))
    assert [(start, pitch) for start, _, pitch in line(bass_of_piano(run))] == [
        (0, 40),
        (2, 40),
        (5, 38),
    ]


def test_notes_are_held_over_short_rests_only() -> None:
    """As the pedal would: up to a quarter, and never into the next note."""
    found = line(bass_of_piano(piano((0, 2, 40), (4, 5, 40), (16, 17, 40))))
    assert found == [(0, 4, 40), (4, 9, 40), (16, 17, 40)]


@pytest.mark.parametrize("octave", [-12, 0, 12])
def test_the_line_lies_where_a_bass_plays(octave: int) -> None:
    """Whole octaves, so that the harmony stays."""
    pitches = [36, 41, 43, 36]
    notes = piano(*((i * 8, i * 8 + 8, pitch + octave) for i, pitch in enumerate(pitches)))
    found = [pitch for _, _, pitch in line(bass_of_piano(notes))]
    assert [pitch % 12 for pitch in found] == [pitch % 12 for pitch in pitches]
    assert 33 <= np.median(found) <= 45


def test_single_notes_beyond_a_bass_guitar_move_by_octaves() -> None:
    """From E1 to G3."""
    notes = piano(*((i * 8, i * 8 + 8, pitch) for i, pitch in enumerate([40, 40, 40, 22, 57])))
    found = [pitch for _, _, pitch in line(bass_of_piano(notes))]
    assert found == [40, 40, 40, 34, 45]
