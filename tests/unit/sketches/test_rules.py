"""Rules measure what they say."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.sketches.drawing import Drawing
from midime_engine.sketches.generator import drawings
from midime_engine.sketches.rules import (
    RULES,
    closed_lines,
    few_strokes,
    ink,
    roundness,
    size,
    symmetry,
    tallness,
)

SQUARE = np.array([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]) * 0.5
ANGLES = np.linspace(0.0, 2.0 * np.pi, 17)
CIRCLE = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1) * 0.25
STRAIGHT = np.array([(0.0, 0.0), (0.3, 0.0)])


def test_circles_are_round_and_squares_are_not() -> None:
    """And both together are something between."""
    assert roundness(Drawing((CIRCLE,))) == pytest.approx(1.0)
    assert roundness(Drawing((SQUARE,))) == 0.0
    assert 0.4 < roundness(Drawing((CIRCLE, SQUARE))) < 0.6


def test_straight_lines_do_not_turn() -> None:
    """So they are not round, however many there are, nor does a point drawn twice matter."""
    assert roundness(Drawing((STRAIGHT, STRAIGHT + 1.0))) == 0.0
    doubled = np.repeat(CIRCLE, 2, axis=0)
    assert roundness(Drawing((doubled,))) == pytest.approx(1.0)


def test_roundness_ignores_size_and_place() -> None:
    """It is of the shape."""
    drawing = drawings(3)[2]
    moved = Drawing(tuple(stroke * 0.5 + 0.1 for stroke in drawing.strokes))
    assert roundness(moved) == pytest.approx(roundness(drawing), abs=1e-3)


def test_every_lift_of_the_pen_counts() -> None:
    """One stroke is the best, thirteen are as bad as more."""
    values = [few_strokes(Drawing((STRAIGHT,) * n)) for n in (1, 2, 13, 20)]
    assert values == pytest.approx([1.0, 11 / 12, 0.0, 0.0])


def test_size_is_of_the_longer_side() -> None:
    """At most that of the paper."""
    assert size(Drawing((STRAIGHT,))) == pytest.approx(0.3)
    assert size(Drawing((STRAIGHT * 10,))) == 1.0


def test_ink_is_the_length_of_all_lines() -> None:
    """A square of half a side has two sides of the paper, a quarter of much."""
    assert ink(Drawing((SQUARE,))) == pytest.approx(0.25)
    assert ink(Drawing((SQUARE,) * 9)) == 1.0


def test_a_mirror_image_is_symmetric() -> None:
    """A circle is; a line that leans is not."""
    assert symmetry(Drawing((CIRCLE,))) > 0.9
    assert symmetry(Drawing((np.array([(0.0, 0.0), (0.5, 0.5)]),))) == 0.0


def test_tall_and_wide() -> None:
    """A square is neither."""
    assert tallness(Drawing((SQUARE,))) == pytest.approx(0.5)
    assert tallness(Drawing((STRAIGHT,))) == 0.0
    assert tallness(Drawing((STRAIGHT[:, ::-1],))) == 1.0


def test_shapes_are_closed_where_ends_meet() -> None:
    """Measured by their ink."""
    assert closed_lines(Drawing((SQUARE,))) == 1.0
    assert closed_lines(Drawing((SQUARE, STRAIGHT))) == pytest.approx(2.0 / 2.3)
    assert closed_lines(Drawing((STRAIGHT,))) == 0.0


@pytest.mark.parametrize("name", RULES)
def test_every_rule_is_between_0_and_1_and_varies(name) -> None:
    """On real drawings; nothing is the worst."""
    rule = RULES[name]
    values = np.array([rule.compute(drawing) for drawing in drawings(60)])
    assert rule.name == name
    assert ((values >= 0.0) & (values <= 1.0)).all()
    assert np.ptp(values) > 0.2
    assert rule.compute(Drawing(())) == 0.0
    assert rule.wish
    assert rule.definition.endswith(".")


def test_an_amount_is_said_in_words() -> None:
    """In the units of what is counted or measured."""
    assert RULES["few_strokes"].asked(0.75) == "at most 4 strokes"
    assert RULES["few_strokes"].asked(2 / 3) == "at most 5 strokes"
    assert RULES["few_strokes"].asked(1.0) == "one stroke"
    assert "4.0 sides" in RULES["ink"].asked(0.5)
    assert "2.0% of the drawing" in RULES["symmetry"].asked(0.75)
    assert all("80%" in RULES[name].asked(0.8) for name in ("roundness", "size", "tallness"))
