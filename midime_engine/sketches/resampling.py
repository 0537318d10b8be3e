"""Points at even distances along the lines of a drawing: what is seen, not how it is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.sketches.drawing import Drawing

__all__ = ["SPACING", "redrawn_distance", "resampled"]

SPACING: Final = 0.025
"""Between neighbouring points, in sides of the paper: a hundred or two points for a drawing."""


def resampled(drawing: Drawing, *, spacing: float = SPACING) -> npt.NDArray[np.float64]:
    """Points ``[m, 2]`` about ``spacing`` apart along all strokes, their ends with them."""
    parts = []
    for stroke in drawing.strokes:
        points = stroke.astype(np.float64)
        along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
        at = np.linspace(0.0, along[-1], max(2, round(along[-1] / spacing) + 1))
        parts.append(np.stack([np.interp(at, along, column) for column in points.T], axis=1))
    return np.concatenate(parts) if parts else np.zeros((0, 2))


def redrawn_distance(one: Drawing, other: Drawing) -> float:
    """How far two drawings are apart as pictures, in sides of the paper.

    The mean distance from the points of either to the nearest of the other, both ways (the chamfer
    distance). Where one is empty, it is the whole side of the paper.
    """
    a, b = resampled(one), resampled(other)
    if not len(a) or not len(b):
        return 1.0
    gaps = np.sqrt(np.sum((a[:, None] - b[None]) ** 2, axis=2))
    return float((gaps.min(axis=1).mean() + gaps.min(axis=0).mean()) / 2.0)
