"""Rules for drawings: numbers in 0..1 that say how well a drawing keeps to something.

Each is a pure function of a :class:`Drawing`, whoever drew it. An empty drawing keeps no rule.
Sizes are in sides of the paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.sketches.drawing import bounds
from midime_engine.sketches.resampling import resampled

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from midime_engine.protocols import FloatArray
    from midime_engine.sketches.drawing import Drawing

    Doubles = npt.NDArray[np.float64]

__all__ = [
    "RULES",
    "SketchRule",
    "closed_lines",
    "few_strokes",
    "ink",
    "roundness",
    "size",
    "symmetry",
    "tallness",
]

_GENTLE: Final = np.radians(35.0)
_SHARP: Final = np.radians(80.0)
"""Turns below the first belong to a curve, turns above the second are corners: an arc that has been
simplified turns by 20 to 35 degrees at a point, a square by 90."""

_MANY_STROKES: Final = 13
"""Strokes of the fullest hundredth of our drawings."""

_MUCH_INK: Final = 8.0
"""Sides of the paper, the length of all lines of the largest and fullest drawings."""

_UNLIKE: Final = 0.08
"""Mean distance between a drawing and its mirror image at which nothing is symmetric about it, as a
share of its longer side: what two drawings of different things have."""

_ROUNDING: Final = 1e-6
"""Two thirds of twelve are eight."""

_MEETS: Final = 0.12
"""Ends that are closer than this share of a stroke's length meet: hands miss by a little."""


@dataclass(frozen=True, slots=True)
class SketchRule:
    """A rule, with what one needs to ask for it."""

    name: str
    wish: str
    """What somebody wants who chooses it, in a word or two: "Rounder"."""

    noun: str
    """What it is about, as part of a sentence: "roundness"."""

    definition: str
    """What exactly is measured, in one sentence."""

    compute: Callable[[Drawing], float]

    asked: Callable[[float], str]
    """What it means to ask for so much, in 0..1, as part of a sentence."""

    usual: float
    """What is asked for if nobody says how much: what most drawings can give without becoming
    something else (:mod:`midime_engine.sketches.reached`)."""


def roundness(drawing: Drawing) -> float:
    """How smoothly the pen turns: the share of all turning that happens in gentle turns.

    At every point of a stroke the pen turns by some angle, at the joint of a closed one too. Turns
    up to 35 degrees count in full, from 80 on not at all. Straight lines do not turn: a drawing
    of nothing else has 0.
    """
    turns = np.concatenate([_turns(stroke) for stroke in drawing.strokes] or [np.zeros(0)])
    total = float(turns.sum())
    if total == 0.0:
        return 0.0
    gentle = np.clip((_SHARP - turns) / (_SHARP - _GENTLE), 0.0, 1.0)
    return float(np.sum(turns * gentle) / total)


def few_strokes(drawing: Drawing) -> float:
    """How seldom the pen was lifted: 1 for one stroke, a twelfth less for each more, at least 0."""
    n = len(drawing.strokes)
    return float(np.clip((_MANY_STROKES - n) / (_MANY_STROKES - 1), 0.0, 1.0)) if n else 0.0


def size(drawing: Drawing) -> float:
    """How much of the paper it takes: the longer side of the box around it, at most 1."""
    low, high = bounds(drawing.strokes)
    return float(min(1.0, np.max(high - low)))


def ink(drawing: Drawing) -> float:
    """How much there is to see: the length of all lines, 1 for eight sides of the paper or more."""
    return float(min(1.0, sum(_length(stroke) for stroke in drawing.strokes) / _MUCH_INK))


def symmetry(drawing: Drawing) -> float:
    """How alike left and right are: 1 if they mirror each other.

    The mean distance from each point of the lines to the nearest of the mirror image, about the
    middle of the box; 0 where that is a twelfth of the drawing's longer side or more.
    """
    points = resampled(drawing)
    low, high = bounds(drawing.strokes)
    longer = float(np.max(high - low))
    if not len(points) or longer == 0.0:
        return 0.0
    mirrored = points * np.array([-1.0, 1.0]) + np.array([low[0] + high[0], 0.0])
    gaps = np.sqrt(np.min(np.sum((points[:, None] - mirrored[None]) ** 2, axis=2), axis=1))
    return float(np.clip(1.0 - gaps.mean() / (_UNLIKE * longer), 0.0, 1.0))


def tallness(drawing: Drawing) -> float:
    """How upright it is: its height as a share of height and width together; a square has 0.5."""
    low, high = bounds(drawing.strokes)
    width, height = (high - low).tolist()
    return float(height / (width + height)) if width + height > 0.0 else 0.0


def closed_lines(drawing: Drawing) -> float:
    """How much of the ink closes shapes: the share of the lines whose two ends meet."""
    lengths = np.array([_length(stroke) for stroke in drawing.strokes])
    total = float(lengths.sum())
    if total == 0.0:
        return 0.0
    closed = np.array([_is_closed(stroke) for stroke in drawing.strokes])
    return float(lengths[closed].sum() / total)


def _in_strokes(least: float) -> str:
    n = int(_MANY_STROKES - (_MANY_STROKES - 1) * least + _ROUNDING)
    return f"at most {n} strokes" if n > 1 else "one stroke"


def _in_sides(least: float) -> str:
    return f"lines of at least {least * _MUCH_INK:.1f} sides of the paper, all together"


def _in_misses(least: float) -> str:
    miss = (1.0 - least) * _UNLIKE
    return f"lines that miss their mirror image by at most {miss:.1%} of the drawing, on the mean"


RULES: Final[dict[str, SketchRule]] = {
    rule.name: rule
    for rule in (
        SketchRule(
            "roundness",
            "Rounder",
            "roundness",
            "Share of the pen's turning that happens in gentle turns rather than in corners.",
            roundness,
            "at least {:.0%} of the pen's turning happens in gentle turns".format,
            0.5,
        ),
        SketchRule(
            "few_strokes",
            "Fewer strokes",
            "the number of strokes",
            "1 for a drawing in one stroke, a twelfth less for each time the pen is lifted.",
            few_strokes,
            _in_strokes,
            0.75,
        ),
        SketchRule(
            "size",
            "Larger",
            "size",
            "Longer side of the drawing, in sides of the paper.",
            size,
            "the longer side takes at least {:.0%} of that of the paper".format,
            0.75,
        ),
        SketchRule(
            "ink",
            "More ink",
            "the amount of ink",
            "Length of all lines, 1 for eight sides of the paper or more.",
            ink,
            _in_sides,
            0.43,
        ),
        SketchRule(
            "symmetry",
            "More symmetric",
            "symmetry",
            "How near the lines are to their mirror image, left and right exchanged.",
            symmetry,
            _in_misses,
            0.6,
        ),
        SketchRule(
            "tallness",
            "Taller",
            "height",
            "Height as a share of height and width together; a square has a half.",
            tallness,
            "the height is at least {:.0%} of height and width together".format,
            0.53,
        ),
        SketchRule(
            "closed_lines",
            "Closed shapes",
            "closed shapes",
            "Share of the ink in lines that end where they began.",
            closed_lines,
            "at least {:.0%} of the ink is in lines that end where they began".format,
            0.8,
        ),
    )
}
"""Every rule by its name."""


def _turns(stroke: FloatArray) -> Doubles:
    """By how much the pen turns at each point of ``[k, 2]``, in radians, at least 0."""
    ways = np.diff(stroke.astype(np.float64), axis=0)
    ways = ways[np.hypot(ways[:, 0], ways[:, 1]) > 0.0]
    if len(ways) < 2:  # noqa: PLR2004 - a turn is between two ways
        return np.zeros(0)
    if _is_closed(stroke):
        ways = np.concatenate([ways, ways[:1]])
    angles = np.arctan2(ways[:, 1], ways[:, 0])
    return np.asarray(np.abs((np.diff(angles) + np.pi) % (2.0 * np.pi) - np.pi))


def _is_closed(stroke: FloatArray) -> bool:
    return len(stroke) > 3 and bool(  # noqa: PLR2004 - fewer points enclose nothing
        np.hypot(*(stroke[-1] - stroke[0])) < _MEETS * _length(stroke)
    )


def _length(stroke: FloatArray) -> float:
    return float(np.sum(np.hypot(*np.diff(stroke.astype(np.float64), axis=0).T)))
