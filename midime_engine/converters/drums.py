"""The nine drum classes: which General MIDI percussion belongs to which.

The map is note-seq's current one (``drums_encoder_decoder.DEFAULT_DRUM_TYPE_PITCHES``, April
2019), which names the sounds better than the older one that Magenta.js still carries: 43 is a
low tom (not high), 52 a crash (not ride), 22 a closed and 26 an open hi-hat (not dropped).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from midime_engine.protocols import IntArray

__all__ = [
    "DRUM_CLASS_NAMES",
    "DRUM_CLASS_PITCHES",
    "REPRESENTATIVE_PITCHES",
    "drum_class",
]

DRUM_CLASS_NAMES: Final = (
    "kick",
    "snare",
    "closed hi-hat",
    "open hi-hat",
    "low tom",
    "mid tom",
    "high tom",
    "crash",
    "ride",
)

DRUM_CLASS_PITCHES: Final[tuple[tuple[int, ...], ...]] = (
    (36, 35),
    (38, 27, 28, 31, 32, 33, 34, 37, 39, 40, 56, 65, 66, 75, 85),
    (42, 22, 44, 54, 68, 69, 70, 71, 73, 78, 80),
    (46, 26, 67, 72, 74, 79, 81),
    (45, 29, 41, 43, 61, 64, 84),
    (48, 47, 60, 63, 77, 86, 87),
    (50, 30, 62, 76, 83),
    (49, 52, 55, 57, 58),
    (51, 53, 59, 82),
)
"""Percussion pitches of each class; the first one is what the class sounds like when decoded."""

REPRESENTATIVE_PITCHES: Final = tuple(pitches[0] for pitches in DRUM_CLASS_PITCHES)

_UNMAPPED: Final = -1


def _table() -> IntArray:
    table = np.full(128, _UNMAPPED, np.int32)
    for i, pitches in enumerate(DRUM_CLASS_PITCHES):
        table[list(pitches)] = i
    return table


_CLASS_OF_PITCH: Final = _table()


def drum_class(pitch: IntArray) -> IntArray:
    """Class ``0..8`` of each percussion pitch ``0..127``; -1 where no class fits.

    >>> drum_class(np.array([36, 35, 43, 56, 88])).tolist()
    [0, 0, 4, 1, -1]
    """
    return np.asarray(_CLASS_OF_PITCH[pitch], np.int32)
