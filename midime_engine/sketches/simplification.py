"""Leaving out the points of a stroke that a straight line says as well.

Ramer 1972, Douglas and Peucker 1973, as Sketch-RNN's data were prepared. Instead of cutting at one
tolerance, each point is told the largest tolerance at which it would still be kept; so the same
pass serves a tolerance and a budget of points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midime_engine.sketches.drawing import Drawing

if TYPE_CHECKING:
    from midime_engine.protocols import FloatArray

__all__ = ["importance", "simplified"]

_TINY = 1e-9


def importance(stroke: FloatArray, *, least: float = 0.0) -> FloatArray:
    """For each point of ``[k, 2]`` the tolerance below which it is kept, ``[k]``; ends: infinite.

    In units of the drawing. Where a stroke ends where it began, distances are from that place.
    Points that would not be kept at ``least`` have 0: nothing asks how much less they matter.
    """
    points = np.asarray(stroke, np.float64)
    kept = np.zeros(len(points))
    kept[[0, -1]] = np.inf
    spans = [(0, len(points) - 1, np.inf)]
    while spans:
        first, last, above = spans.pop()
        if last - first <= 1:
            continue
        along = points[last] - points[first]
        offsets = points[first + 1 : last] - points[first]
        length = float(np.hypot(*along))
        if length < _TINY:
            distances = np.hypot(offsets[:, 0], offsets[:, 1])
        else:
            distances = np.abs(along[0] * offsets[:, 1] - along[1] * offsets[:, 0]) / length
        split = int(distances.argmax())
        # A point is reached only through the one that split its span, so it is never kept longer.
        reach = min(above, float(distances[split]))
        if reach <= least:
            continue
        middle = first + 1 + split
        kept[middle] = reach
        spans.extend([(first, middle, reach), (middle, last, reach)])
    return np.asarray(kept, np.float32)


def simplified(drawing: Drawing, *, tolerance: float, at_most: int) -> Drawing:
    """``drawing`` with the fewest points that stay within ``tolerance`` of every line.

    If those are more than ``at_most`` points, the tolerance grows until they are not; strokes whose
    ends alone are too many are left out from the last one on.

    Raises:
        ValueError: ``at_most`` is below 2 or ``tolerance`` negative.
    """
    if at_most < 2 or tolerance < 0:  # noqa: PLR2004 - the ends of one stroke
        raise ValueError(f"No drawing has {at_most} points within {tolerance}.")
    strokes = drawing.strokes[: at_most // 2]
    ranks = [importance(stroke, least=tolerance) for stroke in strokes]
    inner = np.sort(np.concatenate([rank[1:-1] for rank in ranks] or [np.zeros(0, np.float32)]))[
        ::-1
    ]
    room = at_most - 2 * len(strokes)
    limit = max(tolerance, float(inner[room]) if len(inner) > room else 0.0)
    kept = (stroke[rank > limit] for stroke, rank in zip(strokes, ranks, strict=True))
    return Drawing(tuple(kept), drawing.kind)
