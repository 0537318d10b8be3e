"""The skyline of a latent vector."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.plots.dimension_steps import figure


def test_each_dimension_is_a_step_around_its_number() -> None:
    """The first from a half to one and a half."""
    (trace,) = figure([1.0, -2.0, 0.5]).data
    assert list(trace.x) == [0.5, 1.5, 2.5, 3.5]
    assert list(trace.y) == [1.0, -2.0, 0.5, 0.5]
    assert trace.line.shape == "hv"


def test_what_was_moved_is_a_second_line() -> None:
    """With a legend that tells them apart; without moves there is none."""
    still, moved = figure([1.0, 0.0], [1.0, 0.0]), figure([1.0, 0.0], [1.0, 2.5])
    assert len(still.data) == 1
    assert not still.layout.showlegend
    assert [trace.name for trace in moved.data] == ["your MidiMe", "with your changes"]
    assert moved.layout.showlegend
    low, high = moved.layout.yaxis.range
    assert low < 0
    assert high > 2.5


def test_the_dimensions_that_can_be_moved_are_marked() -> None:
    """As far as there are any."""
    (mark,) = figure(np.zeros(15), shown=range(10, 20)).layout.shapes
    assert (mark.x0, mark.x1) == (10.5, 15.5)
    assert not figure(np.zeros(15)).layout.shapes


def test_values_belong_together() -> None:
    """Anything else is a mistake of the caller."""
    with pytest.raises(ValueError, match=r"\[n\]"):
        figure([1.0], [1.0, 2.0])
    with pytest.raises(ValueError, match=r"\[n\]"):
        figure([])
