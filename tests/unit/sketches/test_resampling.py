"""Pictures are compared by where their lines are."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.sketches.drawing import Drawing
from midime_engine.sketches.resampling import redrawn_distance, resampled

LINE = np.array([(0.0, 0.0), (0.5, 0.0)])


def test_points_are_evenly_spaced() -> None:
    """Ends with them; nothing has none."""
    points = resampled(Drawing((LINE,)), spacing=0.1)
    assert points[:, 0].tolist() == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4, 0.5])
    assert resampled(Drawing(())).shape == (0, 2)


def test_the_same_picture_is_no_distance_away() -> None:
    """In however many strokes it was drawn, and from which end."""
    whole = Drawing((LINE,))
    halves = Drawing((LINE[::-1] / 2 + (0.25, 0.0), LINE / 2))
    assert redrawn_distance(whole, halves) == pytest.approx(0.0, abs=0.01)


def test_a_moved_picture_is_as_far_away_as_it_was_moved() -> None:
    """Across its line; an empty one is as far as the paper is wide."""
    assert redrawn_distance(
        Drawing((LINE,)), Drawing((np.add(LINE, (0.0, 0.2)),))
    ) == pytest.approx(0.2)
    assert redrawn_distance(Drawing((LINE,)), Drawing(())) == 1.0
