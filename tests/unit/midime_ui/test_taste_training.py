"""The training on ratings in its worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_engine.pipelines import constrain, ruled
from midime_engine.pipelines.constrain import Constraining
from midime_engine.pipelines.rated import Rated
from midime_engine.pipelines.tasting import TasteJudge
from midime_engine.pipelines.wishes import Ear
from midime_ui import taste_training
from midime_ui.jobs import Job
from tests.support.leaning import STEPS
from tests.support.ruling import a_constraint
from tests.support.studio import FakeMusicVAE

if TYPE_CHECKING:
    import pytest


def work_with(monkeypatch: pytest.MonkeyPatch, steps):
    """The work of a training that takes those steps, and with what it was started."""
    asked = []

    def start(space, judge, config):
        asked.append((space, judge, config))
        return Constraining(a_constraint(), iter(steps))

    monkeypatch.setattr(constrain, "start", start)
    work = taste_training.train_on(
        lambda: "the space",  # type: ignore[arg-type, return-value]
        Ear(FakeMusicVAE(), ("melody",)),
        "the taste",  # type: ignore[arg-type]
        Rated((), ()),
        model="mel_2bar",
        ground=("mel_2bar",),
        whose="yours",
    )
    return work, asked


def test_every_step_is_published_and_what_is_learnt_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As a file without any rule, which says for which model it is."""
    work, asked = work_with(monkeypatch, STEPS)
    job: Job = Job()
    lesson = work(job)
    assert list(job.events()) == STEPS
    assert lesson is not None
    assert lesson.whose == "yours"
    assert lesson.learnt.ground == ("mel_2bar",)
    assert not lesson.learnt.stopped_early
    found = ruled.unpack(lesson.learnt.rules.data)
    assert (found.model, len(found.requirements)) == ("mel_2bar", 0)
    ((space, judge, _),) = asked
    assert space == "the space"
    assert isinstance(judge, TasteJudge)
    assert judge.taste == "the taste"


def test_what_is_stopped_keeps_what_it_has_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the step at which somebody said so."""
    work, _ = work_with(monkeypatch, STEPS)
    job: Job = Job()
    publish = job.publish
    monkeypatch.setattr(
        job, "publish", lambda step: (publish(step), step.iteration == 2 and job.cancel())
    )
    lesson = work(job)
    assert lesson is not None
    assert lesson.learnt.stopped_early
    assert len(lesson.learnt.steps) == 3


def test_what_is_stopped_before_it_learns_anything_keeps_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It would move nothing."""
    work, _ = work_with(monkeypatch, STEPS[:1])
    assert work(Job()) is None
