"""A training that learns to please, watched."""

from __future__ import annotations

import pytest

from midime_engine.constraints.training import ConstraintStep
from midime_ui.components import learning_panel
from midime_ui.jobs import Job
from midime_ui.rulebook import Learnt
from tests.support.ruling import some_rules
from tests.support.stage import perform

STEPS = (
    ConstraintStep(0, 512, (0.2,), 0.2),
    ConstraintStep(1, 512, (0.2,), 0.2),
    ConstraintStep(70, 900, (0.8,), 0.8, moved=3.0),
)


def script(job: Job) -> None:
    """The panel alone."""
    from midime_ui.components import learning_panel

    learning_panel.show_progress(job, n_iterations=140, names=["a rule"], key="x")


@pytest.fixture
def job() -> Job:
    """One that is running, as far as anybody can tell."""
    found: Job = Job()
    found._state = found.state.RUNNING
    return found


def said(job: Job) -> str:
    """What stands beside the bar."""
    (bar,) = perform(script, job=job).get("progress")
    return str(bar.proto.text)


def test_it_says_how_far_it_is(job: Job) -> None:
    """Waiting, listening, and then the rounds with what is kept."""
    assert "Listening" in said(job)
    for step in STEPS:
        job.publish(step)
    assert said(job) == "Round 70 of 140: 80 % of the pieces keep the rules"
    assert "Waiting" in said(Job())


def test_it_can_be_stopped(job: Job) -> None:
    """By the button above the curve."""
    page = perform(script, job=job)
    page.button(key="x_stop").click().run()
    assert job.should_stop()


def test_whoever_looks_keeps_it_alive(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that nobody watches ends."""
    beats: list[int] = []
    monkeypatch.setattr(job, "heartbeat", lambda: beats.append(1))
    perform(script, job=job)
    assert beats


def test_a_curve_can_be_shown_afterwards() -> None:
    """With what a screen reader says of it."""

    def drawn() -> None:
        learning_panel.show_curve(STEPS, names=["a rule"], key="x")

    (chart,) = perform(drawn).get("plotly_chart")
    assert "after 70 rounds 80 %" in str(chart.proto)


def test_what_was_learnt_stands_folded_with_how_it_ended() -> None:
    """The curve, and a word below it."""

    def script(learnt: Learnt) -> None:
        from midime_ui.components import learning_panel

        learning_panel.show_learnt(learnt, names=["a rule"], caption="From nothing.", key="y")

    learnt = Learnt(some_rules(), ("mel_2bar",), STEPS, seconds=9.4, stopped_early=True)
    page = perform(script, learnt=learnt)
    (folded,) = page.expander
    assert folded.label == "How it was learnt (9 s, stopped by you)"
    assert [caption.value for caption in folded.caption] == ["From nothing."]
