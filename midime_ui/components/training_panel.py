"""Start, watch and stop a training."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.errors import MidimeError
from midime_engine.pipelines.provenance import Provenance
from midime_engine.plots import loss_curve
from midime_ui import resources, state, training
from midime_ui.components import chart, failure
from midime_ui.jobs import JobState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midime_engine.midime.training import TrainingStep
    from midime_ui.components.training_settings import Settings
    from midime_ui.state import Personal, Study
    from midime_ui.training import TrainingJob

__all__ = ["POLL_SECONDS", "REVEAL_SECONDS", "collect", "n_revealed", "show", "show_curve"]

POLL_SECONDS: Final = 0.2
"""While a training runs. A hundred rounds take less than a second: slower, and nobody would see
the curve fall."""

REVEAL_SECONDS: Final = 1.2
"""The curve takes at least this long to appear, from recorded steps if training was faster: a
curve that is simply there tells nothing."""

_CHART: Final = "loss"


def show(study: Study, settings: Settings) -> bool:
    """Offer the button; while a training runs, its curve and a way to stop it instead.

    Returns whether a training is being watched, so that the page waits with what follows.
    """
    job = _current_job()
    if job is not None and not _is_shown(job):
        # In a fragment, so that only the curve is drawn again and again.
        st.fragment(_show_progress, run_every=POLL_SECONDS)(job)
        return True
    label = "Train MidiMe" if state.personal() is None else "Train again"
    if st.button(label, type="primary", icon=":material/play_arrow:", width="stretch"):
        try:
            _start(study, settings)
        except MidimeError as error:
            failure.show(error)
        else:
            st.rerun()
    if job is not None:
        _show_outcome(job)
    return False


def n_revealed(n_steps: int, *, n_expected: int, seconds: float) -> int:
    """How many of ``n_steps`` recorded steps are drawn ``seconds`` after the first one.

    >>> n_revealed(100, n_expected=100, seconds=0.6)
    50
    """
    return min(n_steps, math.ceil(n_expected * seconds / REVEAL_SECONDS))


def collect() -> None:
    """Keep what a finished training has made, on whatever page the visitor is by now."""
    job = _current_job()
    if job is None:
        return
    job.heartbeat()
    if job.state.is_over and job.result is not None:
        state.set_personal(job.result)


def show_curve(personal: Personal) -> None:
    """Draw the curve of a training that is over."""
    _draw(personal.steps, None)


def _current_job() -> TrainingJob | None:
    watched = state.job()
    return None if watched is None else resources.job_manager().get(watched.id)


def _start(study: Study, settings: Settings) -> None:
    card = resources.model_card(study.model)
    work = training.train_on(
        resources.embedding(study),
        resources.model_server(study.model),
        settings.config,
        parts=card.parts,
        augment=settings.augment,
        fingerprint=resources.fingerprint(study),
        provenance=Provenance.of(resources.material(study), model=card.name, parts=card.parts),
    )
    job = resources.job_manager().submit(work)
    state.set_job(state.WatchedJob(job.id, settings.config.epochs))


def _show_progress(job: TrainingJob) -> None:
    job.heartbeat()
    is_over = job.state.is_over  # Asked before the events: none can follow.
    events = job.events()
    watched = state.job()
    n_expected = watched.n_epochs if watched else len(events)
    n = n_revealed(
        len(events),
        n_expected=len(events) if is_over else n_expected,
        seconds=job.seconds_since_first_event,
    )
    if is_over and n == len(events):
        _remember_shown(job)
        st.rerun()
    st.button(
        "Stop and keep what it has learnt",
        icon=":material/stop:",
        on_click=job.cancel,
        width="stretch",
        key="stop",
    )
    if not events:
        st.progress(0.0, text=_waiting_for(job))
        return
    st.progress(min(1.0, n / n_expected), text=f"Round {n} of {n_expected}")
    _draw(events[:n], n_expected)


def _waiting_for(job: TrainingJob) -> str:
    if job.state is JobState.WAITING:
        return "Waiting for a free place: others are training at this moment."
    return "Getting ready. The first training after the server has started takes a few seconds."


def _draw(steps: Sequence[TrainingStep], n_expected: int | None) -> None:
    figure = loss_curve.figure(steps, theme=chart.theme(), n_epochs=n_expected)
    first, last = steps[0].total, steps[-1].total
    chart.show(
        figure,
        key=_CHART,
        alt=f"Loss by round: {first:.1f} at first, {last:.1f} after {len(steps)} rounds.",
    )


def _is_shown(job: TrainingJob) -> bool:
    watched = state.job()
    return watched is not None and watched.is_shown and watched.id == job.id


def _remember_shown(job: TrainingJob) -> None:
    watched = state.job()
    if watched is not None and watched.id == job.id:
        state.set_job(replace(watched, is_shown=True))


def _show_outcome(job: TrainingJob) -> None:
    if job.error is not None:
        failure.show(job.error)
    elif job.state is JobState.ABANDONED:
        st.info(
            "Nobody was watching, so the training was ended. What it had learnt is kept.",
            icon=":material/bedtime:",
        )
    elif job.state is JobState.STOPPED and job.result is None:
        st.info("Stopped before the first round: nothing was learnt.", icon=":material/stop:")
