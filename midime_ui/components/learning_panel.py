"""Something that learns to please, watched: the curve, how far it is, and a button that stops it.

For every training whose steps say which share of the pieces is as it was wished
(:class:`midime_engine.plots.learning_curve.Step`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from midime_engine.plots import learning_curve
from midime_ui.components import chart, failure, wording
from midime_ui.jobs import JobState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midime_engine.plots.learning_curve import Step
    from midime_ui.jobs import Job
    from midime_ui.rulebook import Learnt

__all__ = ["POLL_SECONDS", "show_curve", "show_learnt", "show_progress"]

POLL_SECONDS: Final = 0.5
"""Between two looks: a training takes ten seconds or more, so twenty pictures of its curve."""

_QUEUED: Final = "Waiting for a free place: others are training at this moment."
_RULES: Final = "keep the rules"
_READY: Final = "Listening to what is played as it is…"


def show_progress(
    job: Job[Any, Any],
    *,
    n_iterations: int,
    names: Sequence[str],
    key: str,
    wanted: str | None = None,
) -> None:
    """Draw what there is of ``job``; for a fragment that runs every :data:`POLL_SECONDS`.

    Args:
        job: A training that publishes steps.
        n_iterations: Rounds it is going to have.
        names: What is wished, one for each share of a step.
        key: What tells this panel from others.
        wanted: What the pieces shall do, in place of keeping the rules.
    """
    job.heartbeat()
    steps = job.events()
    st.button(
        "Stop and keep what it has learnt",
        icon=":material/stop:",
        on_click=job.cancel,
        key=f"{key}_stop",
    )
    st.progress(_done(steps, n_iterations), text=_said(job, steps, n_iterations, wanted))
    show_curve(steps, names=names, n_iterations=n_iterations, key=f"{key}_curve", wanted=wanted)


def show_learnt(
    learnt: Learnt, *, names: Sequence[str], caption: str, key: str, wanted: str | None = None
) -> None:
    """The curve of the training that made ``learnt``, folded, with ``caption`` below."""
    ended = "stopped by you" if learnt.stopped_early else "to the end"
    with st.expander(
        f"How it was learnt ({learnt.seconds:.0f} s, {ended})", icon=":material/show_chart:"
    ):
        show_curve(learnt.steps, names=names, wanted=wanted, key=key)
        st.caption(caption)


def show_curve(
    steps: Sequence[Step],
    *,
    names: Sequence[str],
    key: str,
    n_iterations: int | None = None,
    wanted: str | None = None,
) -> None:
    """Draw the shares and the distance of ``steps``, a training under way or over."""
    shown = (
        f"after {steps[-1].iteration} rounds {wording.percent(steps[-1].all_satisfied)}"
        if steps
        else ""
    )
    chart.show(
        learning_curve.figure(
            steps,
            names=[failure.plain(name) for name in names],
            wanted=wanted,
            n_iterations=n_iterations,
            theme=chart.theme(),
        ),
        alt=f"Share of the pieces that {wanted or _RULES}, by round: {shown or 'nothing yet'}.",
        key=key,
    )


def _done(steps: Sequence[Step], n_iterations: int) -> float:
    return min(1.0, steps[-1].iteration / max(n_iterations, 1)) if steps else 0.0


def _said(job: Job[Any, Any], steps: Sequence[Step], n_iterations: int, wanted: str | None) -> str:
    if job.state is JobState.WAITING:
        return _QUEUED
    if not steps or steps[-1].iteration == 0:
        return _READY
    last = steps[-1]
    return (
        f"Round {last.iteration} of {n_iterations}: {wording.percent(last.all_satisfied)} of the "
        f"pieces {wanted or _RULES}"
    )
