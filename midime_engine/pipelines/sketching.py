"""Drawings in the hands of engines that know nothing of them: constraints and ratings.

The trainers, the taste and its judge are those of music, unchanged. All that drawings bring along
is a model, what is real in its space, and measures of what was drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

import numpy as np

from midime_engine.constraints.config import ConstraintConfig
from midime_engine.pipelines.tasting import TasteJudge
from midime_engine.sketches.features import features_of
from midime_engine.sketches.generator import drawings
from midime_engine.sketches.recognition import Recogniser
from midime_engine.sketches.wishes import sketch_space

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.constraints.judge import Judge
    from midime_engine.constraints.space import Space
    from midime_engine.protocols import FloatArray
    from midime_engine.ratings.taste import Taste
    from midime_engine.sketches.drawing import Drawing
    from midime_engine.sketches.model import SketchRNN

__all__ = [
    "SETTINGS",
    "DrawingBoard",
    "SketchComparison",
    "compare_sketches",
    "real_drawings",
    "taste_judge",
]

SETTINGS: Final = ConstraintConfig(distance=1.5, aim=0.95, realism=0.05)
"""Of a constraint on drawings. The distance weighs five times what it does for music: a drawing has
six kinds to fall into, and with the weight of music two fifths of them became something else on
their way to rounder ones, now a fifth (``benchmarks/sketches``)."""

REAL_DRAWINGS: Final = 900
"""Drawings of the program that say what is real: a hundred and fifty of each kind."""


def real_drawings(n: int = REAL_DRAWINGS) -> list[Drawing]:
    """``n`` drawings of the program."""
    return drawings(n)


@dataclass(frozen=True, slots=True, eq=False)
class DrawingBoard:
    """A model of drawings with what is needed to bend it."""

    model: SketchRNN
    space: Space
    recogniser: Recogniser

    @classmethod
    def of(cls, model: SketchRNN, *, n: int = REAL_DRAWINGS) -> Self:
        """Encode ``n`` drawings of the program, and let the judge of pictures learn from them."""
        real = real_drawings(n)
        return cls(model, sketch_space(model, real), Recogniser.fitted(real))

    def features(self, z: FloatArray, seed: int = 0) -> npt.NDArray[np.float64]:
        """What a taste knows of the drawing at each place, ``[n, f]``; there is no chance in it."""
        del seed
        return features_of(self.model.decode(z), self.recogniser)


def taste_judge(board: DrawingBoard, taste: Taste) -> TasteJudge:
    """A judge of drawings that has somebody's taste."""
    return TasteJudge(board.features, taste)


@dataclass(frozen=True, slots=True, eq=False)
class SketchComparison:
    """The same places before and after they were moved."""

    before: list[Drawing]
    after: list[Drawing]
    satisfied_before: float
    """Share of the drawings that keep every wish."""

    satisfied_after: float
    same_kind: float
    """Share that still show what they showed, for the judge of pictures."""

    commonest: tuple[str, float]
    """What most of them show after, and which share does."""

    known_before: float
    """Share that look like one of the kinds at all."""

    known_after: float
    moved: float
    """Mean distance in ``z``."""

    norm: float
    """Mean length of ``z`` before."""


def compare_sketches(
    board: DrawingBoard, judge: Judge, z: FloatArray, moved: FloatArray
) -> SketchComparison:
    """Draw ``z`` and ``moved``, ``[n, z_size]`` both, and measure what has changed."""
    drawn = [board.model.decode(places) for places in (z, moved)]
    nothing = np.zeros((len(z), judge.condition_size), np.float32)
    kept = [
        float(judge.judge(judge.hear(places, seed=0), nothing).satisfied.all(axis=1).mean())
        for places in (z, moved)
    ]
    kinds, known = zip(*(board.recogniser.recognise(some) for some in drawn), strict=True)
    names, counts = np.unique(kinds[1], return_counts=True)
    return SketchComparison(
        before=drawn[0],
        after=drawn[1],
        satisfied_before=kept[0],
        satisfied_after=kept[1],
        same_kind=float(np.mean([a == b for a, b in zip(*kinds, strict=True)])),
        commonest=(str(names[counts.argmax()]), float(counts.max() / len(z))),
        known_before=float(known[0].mean()),
        known_after=float(known[1].mean()),
        moved=float(np.linalg.norm(moved - z, axis=1).mean()),
        norm=float(np.linalg.norm(z, axis=1).mean()),
    )
