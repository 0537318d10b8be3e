"""A song as the user gave it: its notes, its name and its fingerprint."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from midime_engine.music.metre import Bar, bars, longest_metre
from midime_engine.music.quantization import steps_at
from midime_engine.music.tempo_map import TempoMap

if TYPE_CHECKING:
    from note_seq import NoteSequence

__all__ = ["Song"]


@dataclass(frozen=True, eq=False)  # Without slots: properties are computed once and kept.
class Song:
    """One piece of music."""

    name: str
    """File name, for people."""

    sequence: NoteSequence
    """Times in seconds with the tempos and time signatures of the source. Never change it."""

    sha256: str
    """Of the file's bytes, in hexadecimal: the key of caches."""

    n_unended: int = 0
    """Notes that the file never ends; they last until the end of their track."""

    n_ignored: int = 0
    """Tempos and time signatures of the file that mean nothing and were ignored."""

    @cached_property
    def tempo_map(self) -> TempoMap:
        """Its tempos: seconds to quarter notes."""
        return TempoMap.of(self.sequence)

    @cached_property
    def qpm(self) -> float:
        """Its tempo in quarter notes per minute.

        Where it changes: the one that holds for half of the music or more, else the median.
        """
        return self.tempo_map.typical_qpm(self.sequence.total_time)

    @cached_property
    def n_steps(self) -> int:
        """Length in sixteenths, up to the end of the last note, which lasts a step at least."""
        times = np.array([(n.start_time, n.end_time) for n in self.sequence.notes], np.float64)
        steps = steps_at(self.sequence, times.reshape(-1, 2)) + np.array([1, 0])
        return int(steps.max(initial=1))

    @cached_property
    def bars(self) -> tuple[Bar, ...]:
        """All bars, the pickup (number 0) included."""
        return bars(self.sequence, n_steps=self.n_steps)

    @cached_property
    def time_signature(self) -> tuple[int, int]:
        """The metre that holds for most of the music."""
        return longest_metre(self.bars)

    @cached_property
    def n_bars(self) -> int:
        """Number of bars, a pickup not counted."""
        return self.bars[-1].number
