"""The training of rules as a job: what runs in the worker thread. No Streamlit in here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_engine.pipelines import constrain, ruled
from midime_ui.rulebook import Learnt
from midime_ui.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.attributes.requirement import Requirements
    from midime_engine.constraints.space import Space
    from midime_engine.constraints.training import ConstraintStep
    from midime_engine.pipelines.ruled import Asked
    from midime_engine.pipelines.wishes import Ear
    from midime_ui.jobs import Job

    RuleJob = Job[ConstraintStep, Learnt]

__all__ = ["train_on"]


def train_on(
    space: Callable[[], Space],
    ear: Ear,
    requirements: Requirements,
    *,
    model: str,
    ground: tuple[str, ...],
    what: Asked | None,
) -> Callable[[RuleJob], Learnt | None]:
    """Return the work of one training: publishes every step, keeps what there is when stopped.

    Args:
        space: Makes the space in which to learn; seconds, so it is called by the worker.
        ear: How places become music.
        requirements: The rules.
        model: Name of the base model.
        ground: What the session calls the space.
        what: What else the rules may be asked for.
    """

    def work(job: RuleJob) -> Learnt | None:
        judge = ruled.judge(requirements, ear, what)
        training = constrain.start(space(), judge, constrain.config_for(asks_many=what is not None))
        job.publish_all(training)
        # Before the first round of training proper the constraint moves nothing.
        if not any(step.iteration for step in training.history):
            return None
        data = ruled.pack(
            training.constraint,
            model=model,
            requirements=requirements,
            what=what,
            figures={"kept": training.history[-1].all_satisfied, "seconds": training.seconds},
        )
        rules = Rules(data, tuple(map(str, requirements)), model, what)
        return Learnt(
            rules,
            ground,
            steps=training.history,
            seconds=training.seconds,
            stopped_early=job.should_stop(),
        )

    return work
