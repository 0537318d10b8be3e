"""Notes as arrays."""

from __future__ import annotations

import numpy as np

from midime_engine.converters.notes import Notes
from midime_engine.music.quantization import quantize
from tests.support.midi_files import song
from tests.support.songs import Track, track


def _notes() -> Notes:
    flute = track("C4 . . . E4 .", program=73, velocity=55)
    return Notes.of(song(flute, Track(((2, 3, 38),), channel=9)).sequence)


def test_all_that_a_converter_asks_is_there() -> None:
    """Pitch, steps, velocity, instrument, program and whether it is a drum, in order of time."""
    notes = _notes()
    assert len(notes) == 3
    assert notes.pitch.tolist() == [60, 38, 64]
    assert notes.start.tolist() == [0, 2, 4]
    assert notes.end.tolist() == [4, 3, 6]
    assert notes.velocity.tolist() == [55, 90, 55]
    assert notes.program.tolist() == [73, 0, 73]
    assert notes.is_drum.tolist() == [False, True, False]


def test_steps_that_are_there_are_trusted() -> None:
    """A quantized sequence is not quantized again."""
    sequence = quantize(song(track("C4 . E4 .")).sequence)
    sequence.notes[0].quantized_start_step = 1
    assert Notes.of(sequence).start.tolist() == [1, 2]


def test_notes_are_picked_by_mask_and_by_index() -> None:
    """In the order wanted."""
    notes = _notes()
    assert notes.where(notes.is_drum).pitch.tolist() == [38]
    assert notes.where(np.array([2, 0])).pitch.tolist() == [64, 60]


def test_no_notes_are_notes_too() -> None:
    """Silence has arrays of length 0."""
    sequence = song(track("C4 .")).sequence
    empty = type(sequence)()
    assert len(Notes.of(empty)) == 0
