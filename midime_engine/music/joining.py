"""Decoded chunks end to end, as one piece."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from midime_engine.music.playback import STEPS_PER_QUARTER
from midime_engine.music.quantization import on_grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from note_seq import NoteSequence

    from midime_engine.music.playback import Playback

__all__ = ["concatenate"]


def concatenate(sequences: Sequence[NoteSequence], playback: Playback) -> NoteSequence:
    """Join ``sequences``, each beginning where the one before ends, at the tempo of ``playback``.

    A piece lasts as many steps as it says (``total_quantized_steps``): chunks are whole bars, so
    every piece begins on a bar line. Where ``playback`` keeps whole windows
    (``n_steps`` None) a piece that ends inside a bar is followed by silence up to the bar line.
    Notes keep their steps, velocity, program and instrument; tempo and metre are those of
    ``playback``.
    """
    from note_seq import NoteSequence

    joined = NoteSequence()
    joined.ticks_per_quarter = 220
    joined.tempos.add(qpm=playback.qpm)
    joined.time_signatures.add(numerator=playback.numerator, denominator=playback.denominator)
    joined.quantization_info.steps_per_quarter = STEPS_PER_QUARTER
    seconds = playback.seconds_per_step
    named: set[int] = set()
    offset = 0
    for sequence in sequences:
        piece = on_grid(sequence)
        for info in piece.instrument_infos:
            if info.instrument not in named:
                named.add(info.instrument)
                joined.instrument_infos.add(instrument=info.instrument, name=info.name)
        for note in piece.notes:
            copy = joined.notes.add()
            copy.CopyFrom(note)
            copy.quantized_start_step += offset
            copy.quantized_end_step += offset
            copy.start_time = copy.quantized_start_step * seconds
            copy.end_time = copy.quantized_end_step * seconds
        offset += _length(piece, playback)
    joined.total_quantized_steps = offset
    joined.total_time = offset * seconds
    return joined


def _length(piece: NoteSequence, playback: Playback) -> int:
    n_steps = int(piece.total_quantized_steps)
    if playback.n_steps is not None:
        return n_steps
    n_bars = math.ceil(n_steps / playback.steps_per_bar - 1e-9)
    return math.ceil(n_bars * playback.steps_per_bar)
