"""A piano roll as small as a stamp: only boxes, for whoever draws many side by side.

No axes, no names: where notes are, in the colour of their part, drums in rows of their own below.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.converters.drums import DRUM_CLASS_NAMES, drum_class
from midime_engine.plots.grid import Grid
from midime_engine.plots.parts import parts_of
from midime_engine.plots.theme import palette

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt
    from note_seq import NoteSequence

    from midime_engine.converters.classes import Role
    from midime_engine.plots.parts import Part
    from midime_engine.plots.theme import Theme

    Floats = npt.NDArray[np.float64]

__all__ = ["Miniature", "miniature"]

_MIN_SPAN: Final = 14
"""Semitones shown at least, as in the large roll: one repeated note should not fill it."""

_DRUM_ROW: Final = 0.06
_MOST_FOR_DRUMS: Final = 0.4
"""Share of the height that drums take beside pitched notes."""

_THICKNESS: Final = 0.86
_SHORTEST: Final = 0.008
"""Share of the width: a pixel of a stamp."""

_GAP: Final = 0.1
"""Share of a note that is left free, so that repeated notes are told apart."""

_HIT: Final = 0.15
"""Quarter notes that a drum hit is wide, as in the large roll."""


@dataclass(frozen=True, slots=True)
class Miniature:
    """Boxes in a square whose corners are (0, 0), above on the left, and (1, 1)."""

    boxes: Floats
    """Left, top, width and height of each note, in the order of the notes; ``[n, 4]``."""

    parts: tuple[int, ...]
    """The part of each note."""

    colours: tuple[str, ...]
    """Of the parts, ``#rrggbb``."""


def miniature(
    sequence: NoteSequence,
    *,
    theme: Theme = "light",
    roles: Mapping[int, Role] | None = None,
) -> Miniature:
    """Lay out ``sequence``; ``roles`` says which instrument plays which part, None guesses."""
    grid = Grid.of(sequence)
    parts = parts_of(sequence, palette(theme), roles=roles)
    struck = sorted({c for part in parts if part.is_drum for c in _classes(part)})
    pitches = [note.pitch for part in parts if not part.is_drum for note in part.notes]
    share = min(_MOST_FOR_DRUMS, _DRUM_ROW * len(struck)) if pitches else float(bool(struck))
    boxes = np.zeros((len(sequence.notes), 4))
    owners = [0] * len(sequence.notes)
    for number, part in enumerate(parts):
        places = list(part.places)
        start = grid.quarters(np.array([note.start_time for note in part.notes], np.float64))
        end = grid.quarters(np.array([note.end_time for note in part.notes], np.float64))
        if part.is_drum:
            row = share / len(struck)
            top = 1.0 - row * (1.0 + np.array([struck.index(c) for c in _classes(part)]))
            width = np.full(len(start), _HIT)
        else:
            row, top = _rows(part, min(pitches), max(pitches), height=1.0 - share)
            width = (1.0 - _GAP) * (end - start)
        boxes[places, 0] = start / grid.end
        boxes[places, 1] = top + 0.5 * (1.0 - _THICKNESS) * row
        boxes[places, 2] = np.maximum(width / grid.end, _SHORTEST)
        boxes[places, 3] = _THICKNESS * row
        for place in places:
            owners[place] = number
    return Miniature(boxes, tuple(owners), tuple(part.colour for part in parts))


def _rows(part: Part, low: int, high: int, *, height: float) -> tuple[float, Floats]:
    """Height of one semitone, and where the row of each note of ``part`` begins."""
    missing = max(0, _MIN_SPAN - (high - low))
    low, high = low - 1 - missing // 2, high + 1 + (missing + 1) // 2
    row = height / (high - low + 1)
    return row, row * (high - np.array([note.pitch for note in part.notes], np.float64))


def _classes(part: Part) -> list[int]:
    """The drum class of each hit; percussion that has none shares the last one."""
    classes = drum_class(np.array([note.pitch for note in part.notes]))
    return [int(c) for c in np.where(classes < 0, len(DRUM_CLASS_NAMES), classes)]
