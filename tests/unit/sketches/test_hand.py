"""A hand draws the same shape rounder, and never exactly twice."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.sketches.hand import Hand, circle, polygon, softened

SQUARE = np.array([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)])


def a_hand(seed: int = 0, **changes: float) -> Hand:
    """Somebody's, with some traits given."""
    hand = Hand.drawn_from(np.random.default_rng(seed))
    fields = {name: getattr(hand, name) for name in Hand.__dataclass_fields__}
    return Hand(**{**fields, **changes})


def area(line: np.ndarray) -> float:
    """Enclosed by a closed line."""
    x, y = line.T
    return abs(float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))) / 2.0


def test_rounding_cuts_corners_off() -> None:
    """The more, the rounder; without any, the corners are all there."""
    areas = [area(softened(SQUARE, r, closed=True)) for r in (0.0, 0.3, 0.6, 1.0)]
    assert areas[0] == pytest.approx(1.0, abs=0.02)
    assert areas == sorted(areas, reverse=True)
    assert areas[-1] < 0.9


def test_closed_lines_come_back() -> None:
    """To the very point where they began."""
    for r in (0.0, 0.5, 1.0):
        line = softened(SQUARE, r, closed=True)
        assert np.allclose(line[0], line[-1])


def test_open_lines_keep_their_ends() -> None:
    """However round the corner between them is."""
    corner = np.array([(0.0, 0.0), (0.5, 1.0), (1.0, 0.0)])
    for r in (0.0, 0.5, 1.0):
        line = softened(corner, r, closed=False)
        assert np.allclose(line[[0, -1]], corner[[0, -1]])


def test_two_ends_have_no_corner_to_round() -> None:
    """A straight line stays straight."""
    line = softened(np.array([(0.0, 0.0), (1.0, 1.0)]), 1.0, closed=False)
    assert np.allclose(line[:, 0], line[:, 1])


def test_polygons_fill_their_box() -> None:
    """Beginning at the top."""
    corners = polygon(5, (1.0, 2.0), 2.0, 4.0)
    assert corners.min(axis=0) == pytest.approx([0.0, 0.0])
    assert corners.max(axis=0) == pytest.approx([2.0, 4.0])
    assert corners[0].tolist() == pytest.approx([1.0, 4.0])
    assert np.ptp(circle((0.0, 0.0), 0.5), axis=0) == pytest.approx([0.5, 0.5])


def test_hands_differ_and_repeat() -> None:
    """By their seeds."""
    assert a_hand(1) != a_hand(2)
    assert a_hand(1).roundness == a_hand(1).roundness


def test_a_detailed_hand_adds_more() -> None:
    """And one without detail nothing."""
    none, all_of_it = a_hand(detail=0.0), a_hand(detail=1.0)
    assert not any(none.adds() for _ in range(100))
    assert sum(all_of_it.adds(0.5) for _ in range(100)) == 100


def test_haste_keeps_the_pen_down() -> None:
    """Always at 1, never at 0."""
    assert all(a_hand(haste=1.0).joins() for _ in range(50))
    assert not any(a_hand(haste=0.0).joins() for _ in range(50))


def test_tremor_strays_by_what_it_says() -> None:
    """A steady hand not at all."""
    line = np.linspace((0.0, 0.0), (5.0, 0.0), 400)
    assert np.allclose(a_hand(tremor=0.0).strayed(line), line)
    strays = a_hand(tremor=0.01).strayed(line) - line
    assert 0.004 < strays.std() < 0.015
