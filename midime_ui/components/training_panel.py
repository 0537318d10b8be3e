"""Start, watch and stop a training."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple, Self

import streamlit as st

from midime_engine.errors import MidimeError
from midime_engine.pipelines.provenance import Provenance
from midime_engine.plots import loss_curve
from midime_ui import (
    cutting,
    models,
    navigation,
    pools,
    rebuilding,
    state,
    trained,
    training,
    watched_training,
)
from midime_ui.components import chart, failure
from midime_ui.jobs import JobState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.delta_generator import DeltaGenerator

    from midime_engine.midime.training import TrainingStep
    from midime_ui.components.training_settings import Settings
    from midime_ui.studies import Study
    from midime_ui.training import TrainingJob

__all__ = ["REVEAL_SECONDS", "collect", "n_revealed", "show", "start_at_once"]

POLL_SECONDS: Final = 0.2
"""Between two looks at a training. A hundred rounds take less than a second: slower, and nobody
would see the curve fall."""

REVEAL_SECONDS: Final = 1.5
"""The curve takes at least this long to appear, from recorded steps if training was faster: a
curve that is simply there tells nothing."""

_CURVE_HEIGHT: Final = 330
"""Pixels: of the curve and its frame, kept free while there is none."""

_AT_ONCE: Final = "train_at_once"
_STOP: Final = "Stop and keep what it has learnt"
_LISTENING: Final = "Listening to the song…"
_EMPTY: Final = "The curve is drawn here while MidiMe learns."


def collect() -> None:
    """Keep what a finished training has made, on whatever page the visitor is by now."""
    job = _current_job()
    if job is None:
        return
    job.heartbeat()
    watched = watched_training.job()
    if watched is None or watched.is_kept or not job.state.is_over:
        return
    watched_training.set_job(replace(watched, is_kept=True))
    if job.result is not None:
        # Whether it is the one at work depends on what has been chosen meanwhile: `trained.follow`.
        trained.keep(job.result)
        personal = state.personal()
        if personal is not None and personal.fingerprint == job.result.fingerprint:
            state.set_personal(job.result)


def start_at_once() -> None:
    """Have the page for training begin when it is opened (for the button that leads there)."""
    st.session_state[_AT_ONCE] = True


def show(study: Study, settings: Settings) -> bool:
    """Offer the button; while a training runs, its curve and a way to stop it instead.

    Returns whether a training is being watched, so that its result has to wait.
    """
    at_once = st.session_state.pop(_AT_ONCE, False) and state.personal() is None
    job = _current_job()
    if job is None or _is_shown(job):
        st.fragment(_offer)(study, settings, at_once=at_once)
        return False
    st.fragment(_watch, run_every=POLL_SECONDS)(job)
    return True


class _Places(NamedTuple):
    """Where things stand: the same whatever is there, so that nothing jumps."""

    buttons: DeltaGenerator
    note: DeltaGenerator
    curve: DeltaGenerator

    @classmethod
    def make(cls) -> Self:
        buttons = st.container(horizontal=True, wrap=False, key="training_buttons")
        note = st.container(key="training_note").empty()
        curve = st.container(height=_CURVE_HEIGHT, border=False, key="training_curve").empty()
        return cls(buttons, note, curve)


def _offer(study: Study, settings: Settings, *, at_once: bool) -> None:
    places = _Places.make()
    personal = state.personal()
    not_yet = places.buttons.empty()
    if at_once:
        not_yet.button(_STOP, icon=":material/stop:", disabled=True, key="stop_soon")
        places.curve.caption(_EMPTY)
    else:
        with places.buttons:
            is_pressed = _show_buttons(is_first=personal is None)
        _show_last(places)
        if not is_pressed:
            return
    places.note.progress(0.0, text=_LISTENING)
    try:
        _start(study, settings)
    except MidimeError as error:
        if at_once:
            not_yet.empty()
            with places.buttons:
                _show_buttons(is_first=personal is None)
        with places.note:
            failure.show(error)
    else:
        st.rerun()


def _show_buttons(*, is_first: bool) -> bool:
    """The way on, where there is one, and the button that trains; whether that was pressed."""
    if not is_first:
        navigation.show_next(navigation.EXPLORE)
    return st.button(
        "Train MidiMe" if is_first else "Train again",
        type="primary" if is_first else "secondary",
        icon=":material/play_arrow:" if is_first else ":material/replay:",
        key="start",
        help=None if is_first else "With the settings below; the one that there is goes.",
    )


def _watch(job: TrainingJob) -> None:
    """Draw what there is of ``job``; when it is over and all of it was seen, begin the page anew.

    A poll and no loop: while a fragment runs, a click on its own button has to wait.
    """
    places = _Places.make()
    job.heartbeat()
    is_over = job.state.is_over  # Asked before the events: none can follow.
    steps = job.events()
    n_expected = max(1, len(steps)) if is_over else max(_n_asked_for(), len(steps), 1)
    n = n_revealed(len(steps), n_expected=n_expected, seconds=job.seconds_since_first_event)
    if is_over and n == len(steps):
        _remember_shown(job)
        st.rerun()
    places.buttons.button(_STOP, icon=":material/stop:", on_click=job.cancel, key="stop")
    if n == 0:
        places.note.progress(0.0, text=_waiting_for(job))
        places.curve.caption(_EMPTY)
        return
    places.note.progress(n / n_expected, text=f"Round {n} of {n_expected}")
    _draw(places.curve, steps[:n], n_expected)


def n_revealed(n_steps: int, *, n_expected: int, seconds: float) -> int:
    """How many of ``n_steps`` recorded steps are drawn ``seconds`` after the first one.

    >>> n_revealed(100, n_expected=100, seconds=0.75)
    50
    """
    return min(n_steps, math.ceil(n_expected * seconds / REVEAL_SECONDS))


def _current_job() -> TrainingJob | None:
    watched = watched_training.job()
    return None if watched is None else pools.job_manager().get(watched.id)


def _start(study: Study, settings: Settings) -> None:
    base = models.base_model(study.model)
    embedding = rebuilding.embedding(study)
    work = training.train_on(
        embedding,
        models.server(study.model),
        replace(settings.config, input_size=embedding.latents.mu.shape[1]),
        parts=base.parts,
        augment=settings.augment,
        fingerprint=cutting.fingerprint(study),
        provenance=Provenance.of(cutting.material(study), model=base.name, parts=base.parts),
    )
    job = pools.job_manager().submit(work)
    watched_training.set_job(watched_training.WatchedJob(job.id, settings.config.epochs))


def _n_asked_for() -> int:
    watched = watched_training.job()
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
    watched = watched_training.job()
    return watched is not None and watched.is_shown and watched.id == job.id


def _remember_shown(job: TrainingJob) -> None:
    watched = watched_training.job()
    if watched is not None and watched.id == job.id:
        watched_training.set_job(replace(watched, is_shown=True))


def _show_last(places: _Places) -> None:
    """The curve of the last training, and a word on how it ended."""
    job, personal = _current_job(), state.personal()
    if personal is None:
        places.curve.caption(_EMPTY)
    else:
        _draw(places.curve, personal.steps, len(personal.steps))
    with places.note:
        if job is not None and job.error is not None:
            failure.show(job.error)
        elif job is not None and job.state is JobState.ABANDONED:
            st.info(
                "Nobody was watching, so the training was ended. What it had learnt is kept.",
                icon=":material/bedtime:",
            )
        elif job is not None and job.state is JobState.STOPPED and job.result is None:
            st.info("Stopped before the first round: nothing was learnt.", icon=":material/stop:")
        elif personal is None:
            st.progress(0.0, text="Not trained yet. It takes about a second.")
        else:
            st.progress(1.0, text=":material/check_circle: Your MidiMe is ready to be explored.")
