"""Lengths as note values: which of them a reader knows at a glance, and which need a tie.

A length is written as one note where that shows the beat, and in pieces tied together where it
would hide it: a note that begins off the beat is cut at the next beat unless it is the usual
syncopation of a half of it. Everything is counted in sixteenths.
"""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["VALUES", "Value", "beat_length", "split"]

_COMPOUND: Final = 3
"""Eighths in a beat of 6/8, 9/8 and 12/8."""

_STEPS_PER_WHOLE: Final = 16
_EIGHTH: Final = 8
_QUARTER: Final = 4


class Value(NamedTuple):
    """A note value."""

    name: str
    """As MusicXML calls it."""

    dots: int = 0


VALUES: Final = {
    1: Value("16th"),
    2: Value("eighth"),
    3: Value("eighth", 1),
    4: Value("quarter"),
    6: Value("quarter", 1),
    8: Value("half"),
    12: Value("half", 1),
    16: Value("whole"),
    24: Value("whole", 1),
    32: Value("breve"),
}
"""By their length in steps. Two dots nobody reads at a glance."""


def beat_length(numerator: int, denominator: int) -> int:
    """Steps from one beat to the next: a quarter in 4/4, a dotted quarter in 6/8.

    >>> [beat_length(*metre) for metre in ((4, 4), (6, 8), (7, 8), (2, 2), (5, 16))]
    [4, 6, 2, 8, 1]
    """
    unit = _STEPS_PER_WHOLE // denominator
    is_compound = denominator >= _EIGHTH and numerator > _COMPOUND and numerator % _COMPOUND == 0
    return _COMPOUND * unit if is_compound else unit


def split(start: int, length: int, *, beat: int) -> list[int]:
    """The lengths of the notes that, tied together, fill ``length`` from ``start`` of a bar.

    >>> split(0, 16, beat=4), split(2, 4, beat=4), split(3, 5, beat=4)
    ([16], [4], [1, 4])
    """
    pieces: list[int] = []
    while length:
        piece = _first(start, length, beat)
        pieces.append(piece)
        start, length = start + piece, length - piece
    return pieces


def _first(start: int, length: int, beat: int) -> int:
    """The longest value that may stand first."""
    place = start % beat
    to_next = beat - place
    fits = [value for value in VALUES if value <= length]
    if place == 0:
        # On a beat: whole beats, or part of one, or a dotted beat that ends half-way.
        shown = [v for v in fits if v < beat or v % beat == 0 or 2 * v == 3 * beat]
        return max(shown, default=1)
    if length <= to_next:
        return max(fits)
    is_middle = start // beat % 2 == 1
    if beat == _QUARTER and place == beat // 2 and length == beat and not is_middle:
        return beat  # eighth, quarter, eighth: the syncopation that everybody knows
    return max(value for value in VALUES if value <= to_next)
