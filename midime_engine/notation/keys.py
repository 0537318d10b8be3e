"""Keys and spelling: what a pitch is called on paper.

The key is that of Krumhansl and Schmuckler: the one whose profile (Krumhansl and Kessler, 1982)
correlates best with how long each pitch class sounds. Its signature is a place on the line of
fifths, and every pitch class is spelt as the nearest place on that line allows: three fifths below
the tonic of the major key to eight above, which holds the scale and the raised notes of minor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

__all__ = ["C_MAJOR", "Key", "Spelling", "estimate", "spell"]

_MAJOR: Final = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR: Final = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)

_LETTERS: Final = "FCGDAEB"
"""Along the line of fifths, F at -1."""

_NATURAL: Final = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_LOWEST_SIGNATURE: Final = -5
"""Five flats to six sharps: beyond, another name of the same key is easier to read."""

_REACH_BELOW: Final = 3
_OCTAVE: Final = 12
_FIFTH: Final = 7
_MINOR_THIRD: Final = 3


class Key(NamedTuple):
    """A key signature."""

    fifths: int
    """Sharps; flats are negative."""

    is_minor: bool = False


C_MAJOR: Final = Key(0)


class Spelling(NamedTuple):
    """A pitch on paper."""

    step: str
    """A letter."""

    alter: int
    """Semitones: 1 for a sharp, -1 for a flat."""

    octave: int
    """4 from middle C upwards."""


def estimate(notes: Iterable[tuple[int, int]]) -> Key:
    """The key of notes, each a MIDI pitch and how long it sounds; C major for none."""
    weights = np.zeros(_OCTAVE)
    for pitch, length in notes:
        weights[pitch % _OCTAVE] += length
    if weights.std() == 0:
        return C_MAJOR
    best = max(
        ((tonic, is_minor) for is_minor in (False, True) for tonic in range(_OCTAVE)),
        key=lambda key: _correlation(weights, key[0], _MINOR if key[1] else _MAJOR),
    )
    tonic, is_minor = best
    major = tonic + _MINOR_THIRD * is_minor
    fifths = (major * _FIFTH - _LOWEST_SIGNATURE) % _OCTAVE + _LOWEST_SIGNATURE
    return Key(fifths, is_minor)


def spell(pitch: int, key: Key) -> Spelling:
    """What a MIDI pitch is called in ``key``.

    >>> spell(61, Key(0)), spell(63, Key(-3))
    (Spelling(step='C', alter=1, octave=4), Spelling(step='E', alter=-1, octave=4))
    """
    lowest = key.fifths - _REACH_BELOW
    place = (pitch * _FIFTH - lowest) % _OCTAVE + lowest
    step = _LETTERS[(place + 1) % len(_LETTERS)]
    alter = (place + 1) // len(_LETTERS)
    # A C flat belongs to the octave of the C that it is called after.
    octave = (pitch - alter - _NATURAL[step]) // _OCTAVE - 1
    return Spelling(step, alter, octave)


def _correlation(weights: npt.NDArray[np.float64], tonic: int, profile: Sequence[float]) -> float:
    return float(np.corrcoef(np.roll(weights, -tonic), profile)[0, 1])
