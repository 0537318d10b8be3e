"""What the curve of a translator shows."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from midime_engine.plots.translation_curve import MAX_POINTS, figure


class Step(NamedTuple):
    """A training step."""

    step: int
    total: float
    reconstruction: float
    terms: tuple[tuple[str, float], ...]


def steps(n: int) -> list[Step]:
    """Everything falls, the way across twice as fast."""
    return [Step(i, 8.0 / i, 4.0 / i, (("carrying", 2.0 / i**2),)) for i in range(1, n + 1)]


def test_three_losses_are_drawn_as_shares_of_their_beginning() -> None:
    """Told apart by more than colour."""
    drawn = figure(steps(2))
    names = ["in all", "lost on the way back", "lost on the way across"]
    assert [trace.name for trace in drawn.data] == names
    assert len({trace.line.dash for trace in drawn.data}) == 3
    assert [list(trace.y) for trace in drawn.data] == [[100, 50], [100, 50], [100, 25]]


def test_a_term_that_is_switched_off_has_no_curve() -> None:
    """Nothing cannot fall."""
    without = [step._replace(terms=()) for step in steps(3)]
    assert len(figure(without).data) == 2


@pytest.mark.parametrize("n", [MAX_POINTS, 3 * MAX_POINTS])
def test_a_long_training_is_thinned(n: int) -> None:
    """First and last are among what is drawn."""
    trace = figure(steps(n)).data[0]
    assert len(trace.x) == MAX_POINTS
    assert (trace.x[0], trace.x[-1]) == (1, n)


def test_the_axis_stands_still_while_the_curve_grows() -> None:
    """As far as is planned."""
    assert figure(steps(3), n_steps=200).layout.xaxis.range == (1, 200)
    assert figure(steps(3)).layout.xaxis.range == (1, 3)


def test_before_the_first_step_it_says_so() -> None:
    """An empty frame tells nothing."""
    assert "when the training starts" in figure([]).layout.annotations[0].text
