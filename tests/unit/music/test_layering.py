"""Pieces at the same time."""

from __future__ import annotations

import numpy as np

from midime_engine.converters.tokens import sequence_from_tokens
from midime_engine.music.layering import together
from midime_engine.music.playback import Playback

PLAYBACK = Playback(qpm=90)


def _piece(parts: tuple[str, ...], n_steps: int = 32, *, program: int = 0):
    tokens = np.zeros((n_steps, len(parts)), np.int32)
    tokens[4] = 41
    playback = Playback(qpm=120, programs=(program,) * len(parts))
    return sequence_from_tokens(tokens, parts=parts, playback=playback)


def test_all_begin_together_at_one_tempo() -> None:
    """The longest says how long it lasts."""
    joined = together([_piece(("melody",)), _piece(("drums",), 64)], PLAYBACK)
    assert {note.quantized_start_step for note in joined.notes} == {4}
    assert joined.total_quantized_steps == 64
    assert joined.tempos[0].qpm == 90
    assert joined.notes[0].start_time == 4 * PLAYBACK.seconds_per_step


def test_two_melodies_stay_two_instruments() -> None:
    """Each with its own sound, although both were instrument 0."""
    joined = together(
        [_piece(("melody",), program=73), _piece(("melody", "bass", "drums"), program=11)],
        PLAYBACK,
    )
    sounds = {note.instrument: (note.program, note.is_drum) for note in joined.notes}
    assert sounds == {0: (73, False), 1: (11, False), 2: (11, False), 9: (11, True)}
    names = {info.instrument: info.name for info in joined.instrument_infos}
    assert names == {0: "melody", 1: "melody", 2: "bass", 9: "drums"}


def test_drums_of_several_are_one_kit() -> None:
    """General MIDI has one channel of percussion."""
    joined = together([_piece(("drums",)), _piece(("drums",))], PLAYBACK)
    assert {note.instrument for note in joined.notes} == {9}
    assert len(joined.instrument_infos) == 1


def test_the_pieces_are_not_changed() -> None:
    """They may be played alone later."""
    piece = _piece(("melody",))
    before = piece.SerializeToString()
    together([piece, piece], PLAYBACK)
    assert piece.SerializeToString() == before
