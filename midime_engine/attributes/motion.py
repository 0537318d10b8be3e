"""Rules about how the lead moves from note to note, and its shape as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.attributes.arguments import Argument
from midime_engine.attributes.lines import lead, moves, share
from midime_engine.attributes.rule import Rule
from midime_engine.attributes.words import near
from midime_engine.errors import RuleError

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.attributes.passage import Passages

    Floats = npt.NDArray[np.float64]

__all__ = ["CONTOURS", "RULES", "contour", "small_leaps", "stepwise"]

CONTOURS: Final = ("rising", "falling", "arch", "valley", "level")

_STEP: Final = 2
"""Semitones of a whole tone."""

_HALF_OCTAVE: Final = 6.0
_WIDEST: Final = 48
"""Four octaves: no melody leaps further."""


def small_leaps(passages: Passages, widest: int) -> Floats:
    """Share of the moves from note to note of the lead that span at most so many semitones.

    1 means that its largest leap is no wider. A single note leaps nowhere: 1. 0 for silence.
    """
    window, move = moves(passages)
    kept = share(window, np.abs(move) <= widest, len(passages))
    alone = np.bincount(window, minlength=len(passages)) == 0
    return np.where(alone, 1.0, kept)


def stepwise(passages: Passages, _: None = None) -> Floats:
    """Share of the moves of the lead that go by one or two semitones, up or down.

    A note that is struck again is no move, and counts neither for nor against. 0 for silence and
    where nothing moves.
    """
    window, move = moves(passages)
    moving = move != 0
    size = np.abs(move[moving])
    return share(window[moving], size <= _STEP, len(passages))


def contour(passages: Passages, shape: str) -> Floats:
    """How closely the pitches of the lead follow a shape over time.

    For rising, falling, arch (up, then down) and valley (down, then up) it is the correlation of
    pitch with a line or a parabola between the first and the last note; what goes the other way is
    0. For level it is 1 minus the standard deviation of the pitches in half octaves. The same in
    every key. 0 for silence, and for a shape with too few notes to show it.
    """
    notes = lead(passages)
    n = len(passages)
    if shape == "level":
        return np.clip(1 - _deviation(notes.window, notes.pitch, n) / _HALF_OCTAVE, 0.0, 1.0)
    first, last = _ends(notes.window, notes.start, n)
    length = np.maximum(last - first, 1)
    time = (notes.start - first[notes.window]) / length[notes.window]
    target = time if shape in {"rising", "falling"} else 1 - (2 * time - 1) ** 2
    sign = -1.0 if shape in {"falling", "valley"} else 1.0
    return np.clip(sign * _correlation(notes.window, notes.pitch, target, n), 0.0, 1.0)


def _ends(
    window: npt.NDArray[np.int64], start: npt.NDArray[np.int32], n: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The first and the last onset of each passage, for notes in order."""
    counts = np.bincount(window, minlength=n)
    after = np.cumsum(counts)
    first, last = np.zeros(n, np.int64), np.zeros(n, np.int64)
    some = counts > 0
    first[some] = start[after[some] - counts[some]]
    last[some] = start[after[some] - 1]
    return first, last


def _deviation(
    window: npt.NDArray[np.int64], values: npt.NDArray[np.int32] | Floats, n: int
) -> Floats:
    centred = values - share(window, values, n)[window]
    spread: Floats = np.sqrt(share(window, centred**2, n))
    return spread


def _correlation(
    window: npt.NDArray[np.int64], values: npt.NDArray[np.int32], target: Floats, n: int
) -> Floats:
    """Pearson's, for each passage; 0 where one of both does not change."""
    a = values - share(window, values, n)[window]
    b = target - share(window, target, n)[window]
    scale = np.sqrt(share(window, a**2, n) * share(window, b**2, n))
    flat = scale < 1e-9  # noqa: PLR2004 - rounding
    return np.where(flat, 0.0, share(window, a * b, n) / np.where(flat, 1.0, scale))


def _semitones(text: str) -> int:
    plain = text.strip()
    if not plain.isdecimal() or len(plain) > 3 or int(plain) > _WIDEST:  # noqa: PLR2004 - digits
        raise RuleError(
            f"“{plain}” is no number of semitones.",
            remedy=f"Write a whole number from 0 to {_WIDEST}; 7 is a fifth, 12 an octave.",
        )
    return int(plain)


def _shape(text: str) -> str:
    word = text.strip().lower()
    if word not in CONTOURS:
        raise RuleError(f"“{text.strip()}” is no shape.", remedy=near(word, CONTOURS))
    return word


RULES: Final = (
    Rule(
        "leap",
        "No large leaps",
        small_leaps.__doc__ or "",
        small_leaps,
        judges="moves",
        hears=("pitched", "lead"),
        argument=Argument(
            "largest leap",
            "number",
            _semitones,
            str,
            "7",
            "Write the widest leap in semitones; 7 is a fifth, 12 an octave.",
            lowest=0,
            highest=_WIDEST,
        ),
    ),
    Rule(
        "stepwise",
        "Moves by step",
        stepwise.__doc__ or "",
        stepwise,
        hears=("pitched", "lead"),
        threshold=0.5,
    ),
    Rule(
        "contour",
        "Shape of the melody",
        contour.__doc__ or "",
        contour,
        hears=("pitched", "lead"),
        argument=Argument(
            "shape",
            "choice",
            _shape,
            str,
            "rising",
            f"Write one of {', '.join(CONTOURS)}.",
            choices=CONTOURS,
        ),
        threshold=0.7,
    ),
)
