"""A training of drawings publishes what it does and keeps what it has."""

from __future__ import annotations

import pytest

from midime_engine.constraints import persistence
from midime_engine.pipelines.sketching import SETTINGS
from midime_engine.sketches.wishes import SketchJudge, Wish
from midime_ui import sketching
from midime_ui.bending import bend
from midime_ui.jobs import Job, JobState
from tests.support.sketching import with_fake_sketches


@pytest.fixture
def work(monkeypatch):
    """Of a training that costs nothing."""
    with_fake_sketches(monkeypatch)
    board = sketching.board()
    judge = SketchJudge(board.model, [Wish("few_strokes", 0.7)])
    return bend(board, judge, SETTINGS, wish="Fewer strokes")


def test_a_training_ends_with_a_constraint_and_its_figures(work) -> None:
    """Every step was published; the bytes can be read."""
    job = Job()
    job.run(work)
    assert job.state is JobState.DONE, job.error
    bent = job.result
    assert len(job.events()) == len(bent.steps) == 11
    constraint, metadata = persistence.from_bytes(bent.data)
    assert constraint.config.n_wishes == 1
    assert metadata == {"wish": bent.wish} == {"wish": "Fewer strokes"}
    assert 0.0 < bent.before < 1.0
    assert 0.0 < bent.commonest[1] <= 1.0
    assert 0.0 <= min(bent.after, bent.same_kind, *bent.known) <= 1.0


def test_what_was_stopped_at_once_has_nothing_to_show(work) -> None:
    """Before the first iteration nothing was learnt."""
    job = Job()
    publish = job.publish

    def stop(event) -> None:
        publish(event)
        job.cancel()

    job.publish = stop
    job.run(work)
    assert job.state is JobState.STOPPED
    assert job.result is None
