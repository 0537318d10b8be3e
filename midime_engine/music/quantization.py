"""Notes to a grid of sixteenths, in musical time.

A step is a fraction of a quarter note, wherever the tempo goes: tempo and metre changes move
nothing. Half-way rounds up, as in note-seq (``sequences_lib.quantize_to_step``); a note that
would last no step gets one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midime_engine.music.playback import STEPS_PER_QUARTER
from midime_engine.music.tempo_map import TempoMap

if TYPE_CHECKING:
    import numpy.typing as npt
    from note_seq import NoteSequence

__all__ = ["on_grid", "quantize", "steps_at"]

_TOLERANCE = 1e-6
"""Steps. Far below one tick, far above what seconds in float64 lose: exact halves stay halves."""


def steps_at(
    sequence: NoteSequence,
    seconds: npt.NDArray[np.float64],
    *,
    steps_per_quarter: int = STEPS_PER_QUARTER,
) -> npt.NDArray[np.int64]:
    """The step nearest to each of ``seconds`` under the tempos of ``sequence``, half up."""
    steps = TempoMap.of(sequence).quarters(seconds) * steps_per_quarter
    return np.asarray(np.floor(steps + 0.5 + _TOLERANCE), np.int64)


def quantize(sequence: NoteSequence, *, steps_per_quarter: int = STEPS_PER_QUARTER) -> NoteSequence:
    """A copy of ``sequence`` whose notes also carry ``quantized_start_step`` and ``…_end_step``.

    Args:
        sequence: any sequence with times in seconds; it is not changed.
        steps_per_quarter: grid; 4 means sixteenths.

    Raises:
        ValueError: if ``steps_per_quarter`` is not positive.
    """
    if steps_per_quarter < 1:
        raise ValueError(f"steps_per_quarter must be at least 1; got {steps_per_quarter}.")
    quantized = type(sequence)()
    quantized.CopyFrom(sequence)
    quantized.quantization_info.steps_per_quarter = steps_per_quarter
    notes = quantized.notes
    times = np.array([(note.start_time, note.end_time) for note in notes], np.float64)
    steps = steps_at(sequence, times.reshape(-1, 2), steps_per_quarter=steps_per_quarter)
    steps[:, 1] = np.maximum(steps[:, 1], steps[:, 0] + 1)
    for note, (start, end) in zip(notes, steps.tolist(), strict=True):
        note.quantized_start_step = start
        note.quantized_end_step = end
    total = steps_at(
        sequence, np.array([sequence.total_time]), steps_per_quarter=steps_per_quarter
    ).item()
    quantized.total_quantized_steps = max(total, int(steps[:, 1].max(initial=0)))
    return quantized


def on_grid(sequence: NoteSequence) -> NoteSequence:
    """``sequence`` itself if it already stands on the grid of sixteenths, else quantized."""
    if sequence.quantization_info.steps_per_quarter == STEPS_PER_QUARTER:
        return sequence
    return quantize(sequence)
