"""Seconds to quarter notes and back, through every tempo change.

A NoteSequence states times in seconds; music is counted in quarter notes. Between two tempo
changes the relation is a straight line. Before the first tempo the MIDI default of 120 quarter
notes per minute holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt
    from note_seq import NoteSequence

    Floats = npt.NDArray[np.float64]

__all__ = ["DEFAULT_QPM", "TempoMap"]

DEFAULT_QPM = 120.0
"""What a MIDI file without a tempo means."""

_TOLERANCE = 1e-9
"""Share of a piece: two tempos that hold equally long are both half of it."""


@dataclass(frozen=True, slots=True)
class TempoMap:
    """A piecewise linear map between seconds and quarter notes."""

    starts: Floats
    """Seconds at which each tempo begins, ascending, the first one 0; ``[n]``."""

    qpms: Floats
    """Quarter notes per minute from there on, ``[n]``."""

    quarters_at_starts: Floats
    """Quarter notes passed at each start, ``[n]``."""

    @classmethod
    def of(cls, sequence: NoteSequence) -> TempoMap:
        """The tempo map that ``sequence`` states; of two tempos at one time the later wins."""
        tempos = {0.0: DEFAULT_QPM}
        for tempo in sorted(sequence.tempos, key=lambda tempo: float(tempo.time)):
            if tempo.qpm > 0:
                tempos[max(0.0, float(tempo.time))] = float(tempo.qpm)
        starts = np.array(list(tempos), np.float64)
        qpms = np.array(list(tempos.values()), np.float64)
        passed = np.cumsum(np.diff(starts) * qpms[:-1] / 60.0)
        return cls(starts, qpms, np.concatenate([[0.0], passed]))

    def quarters(self, seconds: Floats) -> Floats:
        """Quarter notes passed at each of ``seconds``, any shape."""
        i = np.maximum(np.searchsorted(self.starts, seconds, side="right") - 1, 0)
        passed = self.quarters_at_starts[i] + (seconds - self.starts[i]) * self.qpms[i] / 60.0
        return np.asarray(passed, np.float64)

    def typical_qpm(self, total_seconds: float) -> float:
        """One tempo for a piece of ``total_seconds``.

        The tempo that holds for at least half of its quarter notes (the first such one), else
        the median over its quarter notes: a tempo tapped in beat by beat never holds for long.
        Counted in quarter notes, not seconds, so that a slow ending weighs by its music.
        """
        ends = np.append(self.starts[1:], np.inf)
        held = np.clip(np.minimum(ends, max(total_seconds, 0.0)) - self.starts, 0.0, None)
        qpms, first, which = np.unique(self.qpms, return_index=True, return_inverse=True)
        weight = np.bincount(which, weights=held * self.qpms)
        half = weight.sum() * (0.5 - _TOLERANCE)
        reigning = np.flatnonzero(weight >= half)
        if len(reigning):
            return float(qpms[reigning[np.argmin(first[reigning])]])
        return float(qpms[np.searchsorted(np.cumsum(weight), half)])
