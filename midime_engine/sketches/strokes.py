"""Drawings as rows of numbers, as Sketch-RNN reads and writes them (stroke-5).

A row is ``(dx, dy, p1, p2, p3)``: how far the pen goes, and exactly one of three states.
``p1``: the pen is on the paper and draws on from here. ``p2``: it is lifted after this row, so the
next row's way leaves no line. ``p3``: the drawing is over; such a row goes nowhere and draws
nothing. The pen starts in the middle of the drawing's box, above the paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.sketches.drawing import Drawing, centred

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from midime_engine.protocols import FloatArray

__all__ = [
    "DOWN",
    "END",
    "UP",
    "WIDTH",
    "drawing_from_rows",
    "is_finished",
    "rows_from_drawings",
]

WIDTH: Final = 5
"""Numbers of a row."""

DOWN: Final = 2
UP: Final = 3
END: Final = 4
"""Columns of the three pen states."""


def rows_from_drawings(drawings: Sequence[Drawing], *, steps: int, scale: float) -> FloatArray:
    """Rows of each drawing, ``[n, steps, 5]``, offsets in units of ``scale``; ended rows fill up.

    Every drawing is centred first. Points beyond ``steps`` are cut off.
    """
    rows = np.zeros((len(drawings), steps, WIDTH), np.float32)
    rows[:, :, END] = 1.0
    for row, drawing in zip(rows, drawings, strict=True):
        if not drawing.strokes:
            continue
        strokes = centred(drawing).strokes
        points = np.concatenate(strokes)[:steps]
        k = len(points)
        row[:k, :2] = np.diff(points, axis=0, prepend=np.zeros((1, 2), np.float32)) / scale
        row[:k, END] = 0.0
        row[:k, DOWN] = 1.0
        lifted = np.cumsum([len(stroke) for stroke in strokes]) - 1
        lifted = lifted[lifted < k]
        row[lifted, DOWN], row[lifted, UP] = 0.0, 1.0
    return rows


def drawing_from_rows(rows: npt.ArrayLike, *, scale: float) -> Drawing:
    """What rows ``[steps, 5]`` draw until the first ended one, centred.

    A stroke of one point is left out: a pen that was put down and lifted at once.
    """
    array: npt.NDArray[Any] = np.asarray(rows, np.float32)
    over = np.flatnonzero(array[:, END] > 0.5)  # noqa: PLR2004 - one of three states is 1
    array = array[: over[0]] if len(over) else array
    points = np.cumsum(array[:, :2], axis=0) * scale
    cuts = np.flatnonzero(array[:, UP] > 0.5) + 1  # noqa: PLR2004 - one of three states is 1
    strokes = tuple(np.asarray(s, np.float32) for s in np.split(points, cuts) if len(s) > 1)
    return centred(Drawing(strokes))


def is_finished(rows: npt.ArrayLike) -> bool:
    """Whether rows ``[steps, 5]`` say that the drawing is over."""
    return bool(np.any(np.asarray(rows)[:, END] > 0.5))  # noqa: PLR2004 - one of three states is 1
