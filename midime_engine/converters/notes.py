"""The notes of a sequence as arrays: what all converters compute on."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from midime_engine.music.quantization import on_grid

if TYPE_CHECKING:
    import numpy.typing as npt
    from note_seq import NoteSequence

    from midime_engine.protocols import IntArray

__all__ = ["Notes"]


@dataclass(frozen=True, slots=True)
class Notes:
    """Parallel arrays, one entry per note, each ``[n]`` int32 (``is_drum``: bool)."""

    pitch: IntArray
    start: IntArray
    """First step that sounds."""

    end: IntArray
    """First step that sounds no more; after ``start``."""

    velocity: IntArray
    instrument: IntArray
    program: IntArray
    is_drum: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, sequence: NoteSequence) -> Notes:
        """The notes of ``sequence`` on the grid of sixteenths.

        Steps that the sequence already carries are taken as they are; otherwise, or when its
        grid is another one, it is quantized first.
        """
        table = np.array(
            [
                (
                    note.pitch,
                    note.quantized_start_step,
                    note.quantized_end_step,
                    note.velocity,
                    note.instrument,
                    note.program,
                    note.is_drum,
                )
                for note in on_grid(sequence).notes
            ],
            np.int32,
        ).reshape(-1, 7)
        pitch, start, end, velocity, instrument, program, is_drum = table.T
        end = np.maximum(end, start + 1)
        return cls(pitch, start, end, velocity, instrument, program, is_drum.astype(bool))

    def __len__(self) -> int:
        """Number of notes."""
        return len(self.pitch)

    def where(self, which: npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> Notes:
        """The notes that ``which`` picks: a mask ``[n]``, or indices in the order wanted."""
        return Notes(*(getattr(self, field.name)[which] for field in fields(self)))
