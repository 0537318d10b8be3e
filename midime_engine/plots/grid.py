"""Bars and beats of a sequence, in quarter notes from its start.

A time signature holds from its moment on, and a bar begins there even if the one before is not
full. Before the first one, or without any, the metre is 4/4. A *beat* is what the lower number
counts: a quarter note in 3/4, an eighth in 6/8. Nothing here enumerates bars one by one, since a
file may claim any number of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.music.tempo_map import TempoMap

if TYPE_CHECKING:
    import numpy.typing as npt
    from note_seq import NoteSequence

    Floats = npt.NDArray[np.float64]

__all__ = ["Grid"]

_EPSILON: Final = 1e-6  # Quarter notes; rounding of times must not make a bar of its own.
_STRIDES: Final = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the bars and beats are."""

    tempo_map: TempoMap
    starts: Floats
    """Quarter notes at which each metre begins, ascending, the first one 0; ``[n]``."""

    bar_quarters: Floats
    """Quarter notes to the bar in each metre, ``[n]``."""

    beat_quarters: Floats
    """Quarter notes to the beat in each metre, ``[n]``."""

    first_bars: npt.NDArray[np.int64]
    """Number of the first bar of each metre, counted from 0; ``[n]``."""

    end: float
    """Quarter notes to the end of the last bar, at least one bar."""

    @classmethod
    def of(cls, sequence: NoteSequence) -> Grid:
        """Return the grid of ``sequence``."""
        tempo_map = TempoMap.of(sequence)
        metres = {0.0: (4, 4)}
        for signature in sorted(sequence.time_signatures, key=lambda s: float(s.time)):
            if signature.numerator > 0 and signature.denominator > 0:
                at = max(0.0, float(signature.time))
                metres[at] = (signature.numerator, signature.denominator)
        starts = tempo_map.quarters(np.array(list(metres), np.float64))
        beat = np.array([4.0 / lower for _, lower in metres.values()])
        bar = beat * np.array([upper for upper, _ in metres.values()])
        n_bars = np.ceil(np.diff(starts) / bar[:-1] - _EPSILON).astype(np.int64)
        first_bars = np.concatenate([[0], np.cumsum(n_bars)]).astype(np.int64)
        last = max((float(note.end_time) for note in sequence.notes), default=0.0)
        seconds = max(last, float(sequence.total_time))
        length = float(tempo_map.quarters(np.array(seconds))) - float(starts[-1])
        n_last = max(1.0, float(np.ceil(length / bar[-1] - _EPSILON)))
        return cls(tempo_map, starts, bar, beat, first_bars, float(starts[-1] + n_last * bar[-1]))

    @property
    def n_bars(self) -> int:
        """Bars from the start to the end."""
        length = (self.end - self.starts[-1]) / self.bar_quarters[-1]
        return int(self.first_bars[-1]) + max(0, int(np.ceil(length - _EPSILON)))

    def quarters(self, seconds: Floats) -> Floats:
        """Quarter notes passed at each of ``seconds``, any shape."""
        return self.tempo_map.quarters(seconds)

    def position(self, quarters: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
        """Return the bar of each moment, counted from 0, and the beat in it, counted from 1."""
        i = self._metre_at(quarters)
        since = quarters + _EPSILON - self.starts[i]
        bar = np.floor(since / self.bar_quarters[i]).astype(np.int64)
        beat = (since - bar * self.bar_quarters[i]) / self.beat_quarters[i]
        return self.first_bars[i] + bar, 1.0 + np.maximum(0.0, beat - _EPSILON)

    def beats(self, quarters: Floats, at: Floats) -> Floats:
        """Express durations in ``quarters`` as beats of the metre that holds ``at`` each."""
        return quarters / self.beat_quarters[self._metre_at(at)]

    def bar_lines(self, *, at_most: int) -> tuple[Floats, npt.NDArray[np.int64]]:
        """Return positions in quarter notes and bar numbers from 0, every bar or every so many."""
        stride = next((s for s in _STRIDES if self.n_bars <= s * at_most), self.n_bars)
        numbers = np.arange(0, self.n_bars, stride)
        i = np.searchsorted(self.first_bars, numbers, side="right") - 1
        return self.starts[i] + (numbers - self.first_bars[i]) * self.bar_quarters[i], numbers

    def beat_lines(self, *, at_most: int) -> Floats:
        """Return the positions of all beats that begin no bar; none if they are too many."""
        ends = np.append(self.starts[1:], self.end)
        if float(np.sum((ends - self.starts) / self.beat_quarters)) > at_most:
            return np.array([])
        lines = []
        metres = zip(self.starts, ends, self.bar_quarters, self.beat_quarters, strict=True)
        for start, end, bar, beat in metres:
            per_bar = round(bar / beat)
            numbers = np.arange(int(np.ceil((end - start) / beat - _EPSILON)))
            lines.append(start + beat * numbers[numbers % per_bar != 0])
        return np.concatenate(lines)

    def _metre_at(self, quarters: Floats) -> npt.NDArray[np.int64]:
        i = np.searchsorted(self.starts, np.asarray(quarters) + _EPSILON, side="right") - 1
        return np.asarray(np.maximum(i, 0), np.int64)
