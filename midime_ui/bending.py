"""Bending the drawings as a job: what runs in the worker thread. No Streamlit in here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from midime_ui.sketch_state import BentSketches

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.constraints.config import ConstraintConfig
    from midime_engine.constraints.judge import Judge
    from midime_engine.constraints.training import ConstraintStep
    from midime_engine.pipelines.sketching import DrawingBoard
    from midime_ui.jobs import Job

    BendingJob = Job[ConstraintStep, BentSketches]

__all__ = ["bend"]

_COMPARED: Final = 300
"""New drawings on which before and after are measured."""

_COMPARED_SEED: Final = 77
"""Theirs: not one of those from which a training starts."""


def bend(
    board: DrawingBoard, judge: Judge, config: ConstraintConfig, *, wish: str
) -> Callable[[BendingJob], BentSketches | None]:
    """Return the work of one training: publishes every step, keeps what there is when stopped.

    Args:
        board: The model and its space.
        judge: Of what was drawn.
        config: Settings; sizes are those of space and judge.
        wish: In words, for the page.
    """

    def work(job: BendingJob) -> BentSketches | None:
        from midime_engine.constraints import persistence
        from midime_engine.pipelines import constrain
        from midime_engine.pipelines.sketching import compare_sketches

        training = constrain.start(board.space, judge, config)
        job.publish_all(training)
        if not training.history or training.history[-1].iteration == 0:
            return None
        constraint = training.constraint
        z = board.model.starts(_COMPARED, seed=_COMPARED_SEED)
        compared = compare_sketches(board, judge, z, constraint.apply(z))
        return BentSketches(
            data=persistence.to_bytes(constraint, {"wish": wish}),
            wish=wish,
            steps=training.history,
            seconds=training.seconds,
            before=compared.satisfied_before,
            after=compared.satisfied_after,
            same_kind=compared.same_kind,
            commonest=compared.commonest,
            known=(compared.known_before, compared.known_after),
        )

    return work
