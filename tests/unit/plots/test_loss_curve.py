"""What the loss curve shows."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from midime_engine.plots.loss_curve import MAX_POINTS, figure


@dataclass(frozen=True)
class Step:
    """A training step."""

    epoch: int
    total: float
    reconstruction: float
    kl: float


def _steps(n: int) -> list[Step]:
    return [Step(i, 100 / i + 1, 100 / i, 1.0) for i in range(1, n + 1)]


def test_three_curves_are_drawn() -> None:
    """Total, reconstruction and KL, told apart by more than colour."""
    drawn = figure(_steps(5))
    names = ["both together", "still missing", "held by the sliders"]
    assert [trace.name for trace in drawn.data] == names
    assert len({trace.line.dash for trace in drawn.data}) == 3
    assert list(drawn.data[0].x) == [1, 2, 3, 4, 5]
    assert list(drawn.data[2].y) == [1.0] * 5


def test_words_are_plain_and_terms_are_what_a_pointer_finds() -> None:
    """Nobody needs to know what a nat or an epoch is to see that the curve falls."""
    drawn = figure(_steps(5))
    read = [trace.name for trace in drawn.data]
    read += [drawn.layout.xaxis.title.text, drawn.layout.yaxis.title.text]
    assert not any(term in " ".join(read) for term in ("KL", "nats", "epoch", "loss"))
    found = [trace.hovertemplate for trace in drawn.data]
    assert all("nats" in text for text in found)
    assert [text.split("(")[1] for text in found] == [
        "loss)",
        "reconstruction loss)",
        "KL divergence)",
    ]


@pytest.mark.parametrize("n", [MAX_POINTS, MAX_POINTS + 1, 5000])
def test_a_long_training_is_thinned(n: int) -> None:
    """At most so many points as a page can redraw each second, the first and last among them."""
    trace = figure(_steps(n)).data[0]
    assert len(trace.x) == MAX_POINTS
    assert (trace.x[0], trace.x[-1]) == (1, n)


def test_the_axis_stands_still_while_the_curve_grows() -> None:
    """With the planned number of epochs the curve runs towards the right end."""
    assert list(figure(_steps(3), n_epochs=100).layout.xaxis.range) == [1, 100]
    assert list(figure(_steps(60)).layout.xaxis.range) == [1, 60]


def test_more_epochs_than_planned_are_still_shown() -> None:
    """A training that was continued does not run out of its figure."""
    assert list(figure(_steps(30), n_epochs=20).layout.xaxis.range) == [1, 30]


def test_the_first_step_can_be_seen() -> None:
    """A line of one point would be invisible."""
    assert figure(_steps(1)).data[0].mode == "lines+markers"


def test_before_the_training_there_is_a_sentence() -> None:
    """No bare axes."""
    drawn = figure([], theme="dark", n_epochs=100)
    assert "when the training starts" in drawn.layout.annotations[0].text


def test_a_redraw_keeps_the_view() -> None:
    """Whoever has zoomed in is not thrown out each second."""
    assert figure(_steps(2)).layout.uirevision == figure(_steps(9)).layout.uirevision is not None
