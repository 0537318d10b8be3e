"""The training on ratings as a job: what runs in the worker thread. No Streamlit in here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from midime_engine.attributes.requirement import Requirements
from midime_engine.constraints.config import ConstraintConfig
from midime_engine.pipelines import constrain, ruled
from midime_engine.pipelines.tasting import TasteJudge
from midime_ui.rating_state import Lesson
from midime_ui.rulebook import Learnt
from midime_ui.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.constraints.space import Space
    from midime_engine.constraints.training import ConstraintStep
    from midime_engine.pipelines.rated import Rated
    from midime_engine.pipelines.wishes import Ear
    from midime_engine.ratings.taste import Taste
    from midime_ui.jobs import Job

    TasteJob = Job[ConstraintStep, Lesson]

__all__ = ["CONFIG", "train_on"]

CONFIG: Final = ConstraintConfig()
"""As for rules."""


def train_on(
    space: Callable[[], Space],
    ear: Ear,
    taste: Taste,
    given: Rated,
    *,
    model: str,
    ground: tuple[str, ...],
    whose: str,
) -> Callable[[TasteJob], Lesson | None]:
    """Return the work of one training: publishes every step, keeps what there is when stopped.

    Args:
        space: Makes the space in which to learn; seconds, so it is called by the worker.
        ear: How places become music.
        taste: What to please.
        given: The ratings from which it was learnt.
        model: Name of the base model.
        ground: What the session calls the space.
        whose: Whose ratings, in words.
    """

    def work(job: TasteJob) -> Lesson | None:
        training = constrain.start(space(), TasteJudge.of_music(ear, taste), CONFIG)
        job.publish_all(training)
        # Before the first round of training proper the constraint moves nothing.
        if not any(step.iteration for step in training.history):
            return None
        data = ruled.pack(
            training.constraint,
            model=model,
            requirements=Requirements(()),
            figures={"liked": training.history[-1].all_satisfied, "seconds": training.seconds},
        )
        learnt = Learnt(
            Rules(data, (), model),
            ground,
            steps=training.history,
            seconds=training.seconds,
            stopped_early=job.should_stop(),
        )
        return Lesson(learnt, given, whose)

    return work
