"""Fewer points, the same lines."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.sketches.drawing import Drawing
from midime_engine.sketches.simplification import importance, simplified

BEND = np.array([(0.0, 0.0), (0.25, 0.01), (0.5, 0.5), (0.75, 0.26), (1.0, 0.0)], np.float32)


def arc(n: int) -> np.ndarray:
    """Half a circle of radius a half."""
    angles = np.linspace(0.0, np.pi, n)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1) / 2.0


def test_ends_are_kept_at_any_tolerance() -> None:
    """They have no limit; what lies on a line has nearly none."""
    ranks = importance(BEND)
    assert np.isinf(ranks[[0, -1]]).all()
    assert ranks[2] == pytest.approx(0.5)
    assert ranks[3] < 0.01
    assert ranks[1] > 0.1


def test_no_point_outlives_the_one_that_split_its_span() -> None:
    """Or a tolerance and a budget would keep different points."""
    rng = np.random.default_rng(0)
    stroke = np.cumsum(rng.normal(size=(60, 2)), axis=0).astype(np.float32)
    ranks = importance(stroke)
    for tolerance in (0.3, 1.0, 2.0):
        once = stroke[ranks > tolerance]
        twice = once[importance(once) > tolerance]
        assert len(twice) == len(once)


def test_a_closed_line_is_measured_from_its_ends() -> None:
    """Where they coincide there is no line to measure from."""
    square = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)], np.float32)
    assert importance(square)[2] == pytest.approx(np.sqrt(2.0))


def test_simplified_lines_stay_within_the_tolerance() -> None:
    """Every point that was left out is that near to what remains."""
    drawing = Drawing((arc(200),), "boat")
    fewer = simplified(drawing, tolerance=0.01, at_most=100)
    kept = fewer.strokes[0]
    assert 4 < len(kept) < 20
    assert fewer.kind == "boat"
    starts, ways = kept[:-1], np.diff(kept, axis=0)
    offsets = drawing.strokes[0][:, None] - starts[None]
    along = np.clip(np.sum(offsets * ways, axis=2) / np.sum(ways**2, axis=1), 0.0, 1.0)
    gaps = np.linalg.norm(offsets - along[..., None] * ways, axis=2).min(axis=1)
    assert gaps.max() <= 0.0101


def test_a_budget_is_kept_however_small_the_tolerance() -> None:
    """The points that matter least go first, whole strokes only when nothing else is left."""
    drawing = Drawing(tuple(arc(80) + i for i in range(4)))
    fewer = simplified(drawing, tolerance=0.0, at_most=30)
    assert fewer.n_points <= 30
    assert len(fewer.strokes) == 4
    assert len(simplified(drawing, tolerance=0.0, at_most=4).strokes) == 2


@pytest.mark.parametrize(("tolerance", "at_most"), [(-0.1, 10), (0.1, 1)])
def test_impossible_wishes_are_refused(tolerance, at_most) -> None:
    """No tolerance below zero, no drawing of one point."""
    with pytest.raises(ValueError, match="No drawing"):
        simplified(Drawing((arc(9),)), tolerance=tolerance, at_most=at_most)
