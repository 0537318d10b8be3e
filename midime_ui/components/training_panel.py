"""Start, watch and stop a training."""

from __future__ import annotations

import math
import time
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

    from streamlit.delta_generator import DeltaGenerator

    from midime_engine.midime.training import TrainingStep
    from midime_ui.components.training_settings import Settings
    from midime_ui.state import Study
    from midime_ui.training import TrainingJob

__all__ = ["REVEAL_SECONDS", "collect", "n_revealed", "show"]

POLL_SECONDS: Final = 0.1
"""Between two looks at a training. A hundred rounds take less than a second: slower, and nobody
would see the curve fall."""

REVEAL_SECONDS: Final = 1.2
"""The curve takes at least this long to appear, from recorded steps if training was faster: a
curve that is simply there tells nothing."""


def collect() -> None:
    """Keep what a finished training has made, on whatever page the visitor is by now."""
    job = _current_job()
    if job is None:
        return
    job.heartbeat()
    if job.state.is_over and job.result is not None:
        state.set_personal(job.result)


@st.fragment
def show(study: Study, settings: Settings) -> None:
    """Offer the button; while a training runs, its curve and a way to stop it instead."""
    button, progress, curve = st.empty(), st.empty(), st.empty()
    job = _current_job()
    if job is None or _is_shown(job):
        has_one = state.personal() is not None
        pressed = button.button(
            "Train again" if has_one else "Train MidiMe",
            type="primary",
            icon=":material/play_arrow:",
            width="stretch",
            key="start",
        )
        if not pressed:
            _show_last(job, progress, curve)
            return
        try:
            job = _start(study, settings)
        except MidimeError as error:
            failure.show(error)
            return
    button.button(
        "Stop and keep what it has learnt",
        icon=":material/stop:",
        on_click=job.cancel,
        width="stretch",
        key="stop",
    )
    _watch(job, progress, curve)
    st.rerun()


def n_revealed(n_steps: int, *, n_expected: int, seconds: float) -> int:
    """How many of ``n_steps`` recorded steps are drawn ``seconds`` after the first one.

    >>> n_revealed(100, n_expected=100, seconds=0.6)
    50
    """
    return min(n_steps, math.ceil(n_expected * seconds / REVEAL_SECONDS))


def _current_job() -> TrainingJob | None:
    watched = state.job()
    return None if watched is None else resources.job_manager().get(watched.id)


def _start(study: Study, settings: Settings) -> TrainingJob:
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
    return job


def _watch(job: TrainingJob, progress: DeltaGenerator, curve: DeltaGenerator) -> None:
    """Follow ``job`` until it is over and its whole curve has been seen.

    One run that loops, and no ``run_every``: on a busy server a run takes longer than any fair
    interval, and each timer would cut the one before short, so that nothing is ever drawn. A
    click, another page or a closed session ends the loop at its next call of Streamlit.
    """
    n_drawn = 0
    while True:
        job.heartbeat()
        is_over = job.state.is_over  # Asked before the events: none can follow.
        steps = job.events()
        n_expected = max(1, len(steps)) if is_over else max(_n_asked_for(), len(steps), 1)
        n = n_revealed(len(steps), n_expected=n_expected, seconds=job.seconds_since_first_event)
        if n == 0:
            progress.progress(0.0, text=_waiting_for(job))
        elif n > n_drawn:
            progress.progress(n / n_expected, text=f"Round {n} of {n_expected}")
            _draw(curve, steps[:n], n_expected)
            n_drawn = n
        if is_over and n == len(steps):
            break
        time.sleep(POLL_SECONDS)
    _remember_shown(job)


def _n_asked_for() -> int:
    watched = state.job()
    return 0 if watched is None else watched.n_epochs


def _waiting_for(job: TrainingJob) -> str:
    if job.state is JobState.WAITING:
        return "Waiting for a free place: others are training at this moment."
    return "Getting ready. The first training after the server has started takes a few seconds."


def _draw(place: DeltaGenerator, steps: Sequence[TrainingStep], n_expected: int) -> None:
    first, last = steps[0].total, steps[-1].total
    with place:
        chart.show(
            loss_curve.figure(steps, theme=chart.theme(), n_epochs=n_expected),
            alt=f"Loss by round: {first:.1f} at first, {last:.1f} after {len(steps)} rounds.",
        )


def _is_shown(job: TrainingJob) -> bool:
    watched = state.job()
    return watched is not None and watched.is_shown and watched.id == job.id


def _remember_shown(job: TrainingJob) -> None:
    watched = state.job()
    if watched is not None and watched.id == job.id:
        state.set_job(replace(watched, is_shown=True))


def _show_last(job: TrainingJob | None, note: DeltaGenerator, curve: DeltaGenerator) -> None:
    """The curve of the last training, and a word where it did not end as it should."""
    with note:
        if job is not None:
            _show_end(job)
    personal = state.personal()
    if personal is not None:
        _draw(curve, personal.steps, len(personal.steps))


def _show_end(job: TrainingJob) -> None:
    if job.error is not None:
        failure.show(job.error)
    elif job.state is JobState.ABANDONED:
        st.info(
            "Nobody was watching, so the training was ended. What it had learnt is kept.",
            icon=":material/bedtime:",
        )
    elif job.state is JobState.STOPPED and job.result is None:
        st.info("Stopped before the first round: nothing was learnt.", icon=":material/stop:")
