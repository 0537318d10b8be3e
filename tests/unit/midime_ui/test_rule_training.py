"""The training of rules in its worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_engine.attributes.parsing import parse_all
from midime_engine.constraints.training import ConstraintStep
from midime_engine.pipelines import constrain
from midime_engine.pipelines.constrain import Constraining
from midime_engine.pipelines.wishes import Ear
from midime_ui import rule_training
from midime_ui.jobs import Job
from tests.support.ruling import a_constraint
from tests.support.studio import FakeMusicVAE

if TYPE_CHECKING:
    import pytest

C_MAJOR = parse_all(["key=C major"])
STEPS = [
    ConstraintStep(0, 512, (0.2,), 0.2),
    *(ConstraintStep(i, 512, (i / 5,), i / 5, moved=1.0) for i in range(1, 6)),
]


def work_with(monkeypatch: pytest.MonkeyPatch, steps, what=None):
    """The work of a training that takes those steps."""
    asked = []

    def start(space, judge, config):
        asked.append((space, judge, config))
        constraint = a_constraint(condition_size=judge.condition_size)
        return Constraining(constraint, iter(steps))

    monkeypatch.setattr(constrain, "start", start)
    work = rule_training.train_on(
        lambda: "the space",  # type: ignore[arg-type, return-value]
        Ear(FakeMusicVAE(), ("melody",)),
        C_MAJOR,
        model="mel_2bar",
        ground=("mel_2bar",),
        what=what,
    )
    return work, asked


def test_every_step_is_published_and_the_rules_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what they are for."""
    work, asked = work_with(monkeypatch, STEPS)
    job: Job = Job()
    learnt = work(job)
    assert list(job.events()) == STEPS
    assert learnt is not None
    assert learnt.rules.wishes == ("key=C major",)
    assert learnt.steps == tuple(STEPS)
    assert learnt.ground == ("mel_2bar",)
    assert not learnt.stopped_early
    assert asked[0][0] == "the space"


def test_what_is_stopped_keeps_what_it_has_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the step at which somebody said so."""
    work, _ = work_with(monkeypatch, STEPS)
    job: Job = Job()
    publish = job.publish
    monkeypatch.setattr(
        job, "publish", lambda step: (publish(step), step.iteration == 2 and job.cancel())
    )
    learnt = work(job)
    assert learnt is not None
    assert learnt.stopped_early
    assert len(learnt.steps) == 3


def test_what_is_stopped_before_it_learns_anything_keeps_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Hearing alone moves nothing."""
    work, _ = work_with(monkeypatch, STEPS[:1])
    assert work(Job()) is None


def test_every_key_at_once_takes_a_longer_training(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a judge that asks for any of them."""
    work, asked = work_with(monkeypatch, STEPS, what="key")
    learnt = work(Job())
    assert learnt is not None
    assert learnt.rules.what == "key"
    _, judge, config = asked[0]
    assert judge.condition_size == 24
    assert config == constrain.MANY_WISHES
