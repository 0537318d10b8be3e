"""Watch the drawings being bent, and see what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.errors import MidimeError
from midime_engine.pipelines.sketching import SETTINGS
from midime_engine.plots import learning_curve
from midime_ui import bending, pools, sketch_state, sketching
from midime_ui.components import chart, failure, sketch_gallery
from midime_ui.jobs import JobState

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_engine.constraints.judge import Judge
    from midime_engine.constraints.training import ConstraintStep
    from midime_ui.jobs import Job
    from midime_ui.sketch_state import BentSketches

__all__ = ["collect", "is_running", "show", "start"]

_POLL_SECONDS: Final = 0.5
_N_COMPARED: Final = 9
"""Pictures before and after."""

_MOST: Final = 0.5
"""Share of drawings of one kind from which on it is said that most are of it."""


def start(make_judge: Callable[[], Judge], *, wish: str) -> None:
    """Begin a training for what ``make_judge`` judges; says so where it cannot."""
    try:
        with sketching.at_work():
            work = bending.bend(sketching.board(), make_judge(), SETTINGS, wish=wish)
        job = pools.job_manager().submit(work)
    except MidimeError as error:
        failure.show(error)
        return
    sketch_state.set_watched(sketch_state.WatchedBending(job.id, wish, SETTINGS.iterations))
    st.rerun()


def collect() -> None:
    """Keep what a finished training has made."""
    job = _job()
    if job is not None and job.state.is_over and job.result is not None:
        sketch_state.set_bent(job.result)


def is_running() -> bool:
    """Whether a training is under way."""
    job = _job()
    return job is not None and not job.state.is_over


def show() -> None:
    """The curve while there is a training, then before and after."""
    if is_running():
        st.fragment(_watch, run_every=_POLL_SECONDS)()
        return
    job, bent = _job(), sketch_state.bent()
    if job is not None and job.error is not None:
        failure.show(job.error)
    elif job is not None and job.result is None:
        st.info("Stopped before anything was learnt.", icon=":material/stop:")
    if bent is not None:
        _show_bent(bent)


def _watch() -> None:
    job, watched = _job(), sketch_state.watched()
    if job is None or watched is None:
        return
    job.heartbeat()
    if job.state.is_over:
        st.rerun()
    steps = job.events()
    done = steps[-1].iteration if steps else 0
    if job.state is JobState.WAITING:
        text = "Waiting for a free place: others are training at this moment."
    elif done == 0:
        text = f"Looking at its drawings: {steps[-1].n_heard if steps else 0} so far"
    else:
        text = f"Round {done} of {watched.n_iterations}"
    st.progress(done / watched.n_iterations, text=text)
    st.button("Stop and keep what it has learnt", icon=":material/stop:", on_click=job.cancel)
    figure = learning_curve.figure(steps, n_iterations=watched.n_iterations, theme=chart.theme())
    chart.show(
        figure, alt=f"Share of drawings that are as wished, round {done}.", key="sketch_curve"
    )


def _show_bent(bent: BentSketches) -> None:
    st.subheader(f"{bent.wish}: before and after")
    numbers = st.columns(3)
    numbers[0].metric(
        "As wished",
        f"{bent.after:.0%}",
        delta=f"{bent.before:.0%} before",
        delta_color="off",
        delta_arrow="off",
        help="Share of 300 new drawings that keep the wish, moved and as they were.",
    )
    numbers[1].metric(
        "Still show the same",
        f"{bent.same_kind:.0%}",
        help="Share of them that a judge of pictures calls by the same name before and after.",
    )
    numbers[2].metric(
        "Look like something",
        f"{bent.known[1]:.0%}",
        delta=f"{bent.known[0]:.0%} before",
        delta_color="off",
        delta_arrow="off",
        help="Share that lie as near to one of the six kinds as real drawings do.",
    )
    kind, share = bent.commonest
    if share > _MOST:
        st.info(
            f"{share:.0%} of them show a {kind} now: what was asked for comes easiest to it. Ask "
            "for less, and more of the drawings stay what they were.",
            icon=":material/info:",
        )
    strength = st.slider(
        "How far",
        min_value=0.0,
        max_value=1.0,
        value=1.0,
        step=0.25,
        key="sketch_strength",
        help="0 leaves every drawing as it was, 1 goes all the way.",
    )
    seed = sketch_state.seed()
    with sketching.at_work():
        before = sketching.drawn(_N_COMPARED, seed)
        after = sketching.moved(bent.data, _N_COMPARED, seed, strength)
    sketch_gallery.show_pair(
        before,
        after,
        key="sketch_pair",
        wish=bent.wish,
    )
    with st.expander("How it was learnt"):
        st.caption(f"{len(bent.steps)} steps in {bent.seconds:.0f} seconds.")
        chart.show(
            learning_curve.figure(bent.steps, theme=chart.theme()),
            alt=f"Share of drawings that are as wished, at last {bent.after:.0%}.",
            key="sketch_learnt",
        )


def _job() -> Job[ConstraintStep, BentSketches] | None:
    watched = sketch_state.watched()
    return None if watched is None else pools.job_manager().get(watched.job_id)
