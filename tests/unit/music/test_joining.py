"""Chunks end to end."""

from __future__ import annotations

import numpy as np
from note_seq import NoteSequence

from midime_engine.converters.tokens import sequence_from_tokens
from midime_engine.music.joining import concatenate
from midime_engine.music.playback import Playback


def _piece(n_steps: int, playback: Playback) -> NoteSequence:
    tokens = np.zeros((n_steps, 1), np.int32)
    tokens[0] = 41
    return sequence_from_tokens(tokens, parts=("melody",), playback=playback)


def test_each_piece_begins_where_the_one_before_ends() -> None:
    """Two bars of 3/4 are 24 steps, however long the window was."""
    waltz = Playback(qpm=90, numerator=3, denominator=4, n_steps=24, programs=(73,))
    joined = concatenate([_piece(32, waltz)] * 3, waltz)
    assert [note.quantized_start_step for note in joined.notes] == [0, 24, 48]
    assert joined.total_quantized_steps == 72
    assert joined.total_time == 72 * 60 / 90 / 4
    assert {note.program for note in joined.notes} == {73}
    assert joined.tempos[0].qpm == 90


def test_a_whole_window_that_ends_inside_a_bar_is_followed_by_silence() -> None:
    """In 3/4 a piece of 32 steps ends inside its third bar; the next begins on the fourth."""
    waltz = Playback(numerator=3, denominator=4)
    joined = concatenate([_piece(32, waltz)] * 2, waltz)
    assert [note.quantized_start_step for note in joined.notes] == [0, 36]


def test_pieces_of_another_grid_are_quantized_first() -> None:
    """Any sequence can be joined; its seconds count at its own tempo."""
    piece = NoteSequence()
    piece.tempos.add(qpm=60)
    piece.notes.add(pitch=60, velocity=80, start_time=1.0, end_time=2.0)
    piece.total_time = 4.0
    joined = concatenate([piece, piece], Playback(qpm=120))
    assert [note.start_time for note in joined.notes] == [0.5, 2.5]


def test_nothing_joined_is_silence() -> None:
    """An empty list is a piece of no length."""
    assert concatenate([], Playback()).total_quantized_steps == 0


def test_the_pieces_are_left_alone() -> None:
    """Protobuf messages are mutable, so notes are copied."""
    piece = _piece(16, Playback())
    concatenate([piece, piece], Playback())
    assert piece.notes[0].quantized_start_step == 0
