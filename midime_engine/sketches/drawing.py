"""A drawing: what a pen left on the paper, stroke by stroke."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from midime_engine.protocols import FloatArray

__all__ = ["Drawing", "bounds", "centred"]

_FEWEST = 2
"""Points of a stroke: a pen that does not move leaves nothing that a width could show."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """Strokes on a square sheet of paper whose sides are 1 long; y points up, (0, 0) is its middle.

    Compared by identity: arrays have no single truth value.
    """

    strokes: tuple[FloatArray, ...]
    """Each ``[k, 2]``, k at least 2, in the order in which they were drawn."""

    kind: str | None = None
    """What it shows, where that is known."""

    def __post_init__(self) -> None:
        """Take anything array-like, keep float32, and check the shapes.

        Raises:
            ValueError: a stroke is not ``[k, 2]`` with k at least 2, or not finite.
        """
        strokes = tuple(np.asarray(stroke, np.float32) for stroke in self.strokes)
        object.__setattr__(self, "strokes", strokes)
        for stroke in strokes:
            if stroke.ndim != 2 or stroke.shape[1] != 2 or len(stroke) < _FEWEST:  # noqa: PLR2004
                raise ValueError(f"A stroke must be [k, 2], k at least 2; got {stroke.shape}.")
            if not np.isfinite(stroke).all():
                raise ValueError("Strokes must be finite numbers.")

    @property
    def n_points(self) -> int:
        """Points of all strokes together."""
        return sum(len(stroke) for stroke in self.strokes)


def bounds(strokes: tuple[FloatArray, ...]) -> tuple[FloatArray, FloatArray]:
    """Lower left and upper right corner of the smallest upright box around it all, ``[2]`` each."""
    if not strokes:
        return np.zeros(2, np.float32), np.zeros(2, np.float32)
    points = np.concatenate(strokes)
    return points.min(axis=0), points.max(axis=0)


def centred(drawing: Drawing) -> Drawing:
    """The same drawing with the middle of its box in the middle of the paper."""
    low, high = bounds(drawing.strokes)
    middle = (low + high) / 2.0
    return Drawing(tuple(stroke - middle for stroke in drawing.strokes), drawing.kind)
