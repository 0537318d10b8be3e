"""What the curve of a training that learns to please shows."""

from __future__ import annotations

import json

from midime_engine.constraints.training import ConstraintStep
from midime_engine.plots.learning_curve import figure

STEPS = [
    ConstraintStep(0, 512, (0.2, 0.1), 0.02),
    ConstraintStep(0, 1024, (0.25, 0.15), 0.05),
    ConstraintStep(1, 1024, (0.25, 0.15), 0.05),
    ConstraintStep(2, 1400, (0.9, 0.8), 0.75, moved=3.5),
]


def test_it_begins_where_nothing_is_moved() -> None:
    """What was heard before the first round is one point, the latest share of it."""
    drawn = figure(STEPS, names=["one"])
    shares = next(trace for trace in drawn.data if trace.name == "keep the rule")
    assert list(shares.x) == [0, 1, 2]
    assert list(shares.y) == [5, 5, 75]


def test_each_of_several_wishes_has_a_curve_that_needs_no_colour() -> None:
    """And all of them together another."""
    drawn = figure(STEPS, names=["one", "two"])
    assert [trace.name for trace in drawn.data] == [
        "one",
        "two",
        "keep all rules",
        "how far it moves",
    ]
    assert len({trace.line.dash for trace in drawn.data[:3]}) == 3


def test_the_distance_has_a_scale_of_its_own() -> None:
    """On the right, from zero."""
    drawn = figure(STEPS)
    moved = drawn.data[-1]
    assert moved.yaxis == "y2"
    assert list(moved.y) == [0, 0, 3.5]
    assert drawn.layout.yaxis2.side == "right"


def test_the_axis_stands_still_while_the_curve_grows() -> None:
    """As long as the rounds are known."""
    assert list(figure(STEPS, n_iterations=140).layout.xaxis.range) == [0, 140]
    assert list(figure(STEPS).layout.xaxis.range) == [0, 2]


def test_before_the_first_step_it_says_what_will_come() -> None:
    """Instead of an empty frame; and it is plain JSON."""
    drawn = figure([])
    assert "appears" in drawn.layout.annotations[0].text
    json.loads(drawn.to_json())


def test_a_long_name_is_cut() -> None:
    """A legend on a phone has room for a few words."""
    drawn = figure(STEPS, names=["x" * 60, "two"])
    assert len(drawn.data[0].name) < 30
