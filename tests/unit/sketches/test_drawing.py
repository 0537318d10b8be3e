"""A drawing is checked when it is made."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.sketches.drawing import Drawing, bounds, centred


def test_strokes_become_float32() -> None:
    """Anything array-like is taken, and counted."""
    drawing = Drawing(([(0, 0), (1, 2)], [(3, 3), (4, 4), (5, 5)]))  # type: ignore[arg-type]
    assert [stroke.dtype for stroke in drawing.strokes] == [np.float32, np.float32]
    assert drawing.n_points == 5


@pytest.mark.parametrize(
    "stroke", [[(0.0, 0.0)], [0.0, 1.0], [(0.0, 0.0, 0.0), (1.0, 1.0, 1.0)], [(0, np.nan), (1, 1)]]
)
def test_what_is_no_stroke_is_refused(stroke) -> None:
    """One point, a row of numbers, three coordinates, or no number at all."""
    with pytest.raises(ValueError, match=r"stroke|Strokes"):
        Drawing((np.array(stroke),))


def test_the_box_goes_around_everything() -> None:
    """Of all strokes together; of nothing it is a point."""
    drawing = Drawing((np.array([(0.0, 0.0), (1.0, 2.0)]), np.array([(-1.0, 0.5), (0.0, 3.0)])))
    low, high = bounds(drawing.strokes)
    assert low.tolist() == [-1.0, 0.0]
    assert high.tolist() == [1.0, 3.0]
    assert np.concatenate(bounds(())).tolist() == [0.0] * 4


def test_centring_moves_the_box_and_nothing_else() -> None:
    """To the middle of the paper, with shape and kind as they were."""
    drawing = Drawing((np.array([(2.0, 2.0), (3.0, 6.0)]),), "cat")
    moved = centred(drawing)
    assert moved.kind == "cat"
    assert moved.strokes[0].tolist() == [[-0.5, -2.0], [0.5, 2.0]]
