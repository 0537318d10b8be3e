"""Start, watch and stop the training on ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.errors import MidimeError
from midime_ui import ground as grounds
from midime_ui import rating_state, taste_training, tasting
from midime_ui.components import failure, learning_panel, wording
from midime_ui.watching import Watching

if TYPE_CHECKING:
    from midime_engine.pipelines.rated import Rated
    from midime_ui.ground import Ground
    from midime_ui.rating_state import Lesson, Watched
    from midime_ui.taste_training import TasteJob

__all__ = ["LEAST", "collect", "is_watching", "show_last", "show_offer", "show_watched"]

LEAST: Final = 8
"""Ratings from which a training is offered: below, the taste is a guess."""

_WANTED: Final = "are to this taste"

_TRAINING: Final[Watching[Watched, Lesson]] = Watching(
    watched=rating_state.watched,
    set_watched=rating_state.set_watched,
    set_failure=rating_state.set_failure,
    keep=rating_state.set_lesson,
)


def collect() -> None:
    """Keep what a finished training has made, on whatever page the visitor is by now."""
    _TRAINING.collect()


def is_watching() -> bool:
    """Whether a training is under way, so that another one has to wait."""
    return _TRAINING.current() is not None


def show_watched() -> None:
    """The training under way, drawn again and again."""
    _TRAINING.show(_draw, run_every=learning_panel.POLL_SECONDS)


def show_offer(ground: Ground, given: Rated, *, whose: str) -> None:
    """The button that starts a training on ``given``, from eight ratings on."""
    n = len(given.ballots)
    is_pressed = st.button(
        "Make it lean my way",
        type="primary",
        icon=":material/favorite:",
        key="taste_start",
        disabled=n < LEAST,
        help="A small network (an actor) learns where to move the numbers behind a piece so that "
        "the taste likes the music and it stays near what it was. The big model is not changed. "
        "About ten seconds on two cores.",
    )
    if n < LEAST:
        more = wording.count(LEAST - n, "rating")
        st.caption(f"{more} more, and it can be trained on them.")
    refused = rating_state.failure()
    if refused is not None:
        failure.show(refused)
    if not is_pressed:
        return
    try:
        _start(ground, given, whose=whose)
    except MidimeError as error:
        failure.show(error)
    else:
        st.rerun()


def _start(ground: Ground, given: Rated, *, whose: str) -> None:
    work = taste_training.train_on(
        grounds.space(ground),
        grounds.ear(ground),
        tasting.taste_of(ground, given),
        given,
        model=ground.model,
        ground=ground.key,
        whose=whose,
    )
    n = taste_training.CONFIG.iterations
    _TRAINING.begin(work, lambda job_id: rating_state.Watched(job_id, n))


def _draw(watched: Watched, job: TasteJob) -> None:
    learning_panel.show_progress(
        job,
        n_iterations=watched.n_iterations,
        names=(_WANTED,),
        wanted=_WANTED,
        key="taste_training",
    )


def show_last(lesson: Lesson) -> None:
    """The curve of the training that made ``lesson``, folded."""
    learnt = lesson.learnt
    if lesson.given is None:
        return
    heard = wording.count(learnt.steps[-1].n_heard, "piece")
    n = wording.count(len(lesson.given.ballots), "rating")
    learning_panel.show_learnt(
        learnt,
        names=(_WANTED,),
        wanted=_WANTED,
        caption=f"From {n} ({lesson.whose}), it has listened to {heard} by itself.",
        key="taste_learnt_curve",
    )
