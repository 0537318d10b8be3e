"""A bass line out of a pianist's left hand, for songs that were written down without a bassist.

Of what the left hand strikes, the lowest notes are the bass; the arpeggios above them are not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.converters.notes import Notes
    from midime_engine.protocols import IntArray

__all__ = ["bass_of_piano"]

_HIGHEST_LEFT: Final = 57
"""A3. Where the left hand plays higher, a bass rests."""

_HARMONY: Final = 8
"""Steps over which one root is expected: half a bar of 4/4."""

_REACH: Final = 7
"""Semitones above the lowest note of its half bar that a bass note may lie: a fifth."""

_LEAST_GAP: Final = 2
"""Steps between two onsets: arpeggios in sixteenths are no bass."""

_LONGEST_HOLD: Final = 4
"""Steps that a note is held on over a rest, as the pedal of the piano would."""

_REGISTER: Final = (33, 45)
"""A1 to A2: the octave into which the middle of the line is moved."""

_RANGE: Final = (28, 55)
"""E1, the lowest string of a bass guitar, to G3; single notes beyond move by octaves."""


def bass_of_piano(notes: Notes) -> Notes:
    """One low voice from the notes of a piano, ``[n]`` sorted by onset; possibly of no notes."""
    low = notes.where(notes.pitch <= _HIGHEST_LEFT)
    low = low.where(np.lexsort((low.pitch, low.start)))
    first = np.ones(len(low), bool)
    first[1:] = np.diff(low.start) > 0
    low = low.where(first)
    if not len(low):
        return low
    low = low.where(_near_the_root(low.start // _HARMONY, low.pitch))
    low = low.where(_unhurried(low.start, low.pitch))
    following = np.append(low.start[1:], low.end[-1])
    held = np.minimum(following, low.end + _LONGEST_HOLD)
    low.end[:] = np.maximum(held, low.start + 1)
    low.pitch[:] = _in_register(low.pitch)
    return low


def _near_the_root(harmony: IntArray, pitch: IntArray) -> npt.NDArray[np.bool_]:
    lowest = np.full(int(harmony.max()) + 1, 127, np.int32)
    np.minimum.at(lowest, harmony, pitch)
    return np.asarray(pitch <= lowest[harmony] + _REACH)


def _unhurried(start: IntArray, pitch: IntArray) -> npt.NDArray[np.intp]:
    """Leave out what follows at once, unless it is lower and so the better bass note."""
    kept = [0]
    for index in range(1, len(start)):
        if start[index] - start[kept[-1]] >= _LEAST_GAP:
            kept.append(index)
        elif pitch[index] < pitch[kept[-1]]:
            kept[-1] = index
    return np.array(kept, np.intp)


def _in_register(pitch: IntArray) -> IntArray:
    lowest, highest = _REGISTER
    middle = int(np.median(pitch))
    octaves = (max(0, lowest - middle) + 11) // 12 - (max(0, middle - highest) + 11) // 12
    moved = pitch + 12 * octaves
    moved = moved - np.maximum(0, (moved - _RANGE[1] + 11) // 12) * 12
    return np.asarray(moved + np.maximum(0, (_RANGE[0] - moved + 11) // 12) * 12, np.int32)
