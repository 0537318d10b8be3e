"""Like and dislike drawings, one after the other, until there is something to bend them by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.errors import RatingError
from midime_engine.ratings import choosing
from midime_engine.ratings.ballots import Ballot, dislike, like
from midime_engine.ratings.taste import Taste
from midime_engine.sketches import RULES
from midime_engine.sketches.features import FEATURE_NAMES
from midime_engine.sketches.samples import N_SAMPLES
from midime_ui import sketch_state, sketching
from midime_ui.components import sketch_gallery, sketch_training

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from midime_engine.constraints.judge import Judge

__all__ = ["show"]

_SHOWN: Final = 30
"""The first drawings, which everybody has seen, are not asked about."""

_N_PIECES: Final = N_SAMPLES - _SHOWN
"""Drawings that may be asked about; nobody rates more."""

_ENOUGH: Final = 20
"""Ratings after which a taste is usually clear."""


def show() -> None:
    """One drawing, three buttons, and what has been understood so far."""
    ballots, seen = sketch_state.ballots(), sketch_state.seen()
    taste = _taste(ballots)
    if len(seen) < _N_PIECES:
        number = choosing.next_piece(_table(), seen, taste)
        _ask(number)
    else:
        st.info("You have seen them all.", icon=":material/check:")
    st.progress(
        min(1.0, len(ballots) / _ENOUGH),
        text=f"{len(ballots)} of about {_ENOUGH} drawings rated",
    )
    if taste is not None:
        st.caption(f"You seem to look at: {_in_words(taste)}.")
    with st.container(horizontal=True):
        is_pressed = st.button(
            "Bend the drawings to what I like",
            type="primary",
            icon=":material/draw:",
            key="sketch_bend_liked",
            disabled=taste is None or sketch_training.is_running(),
            help="Needs at least one like and one dislike; with twenty ratings it is surer.",
        )
        st.button(
            "Forget my ratings",
            icon=":material/restart_alt:",
            key="sketch_forget",
            disabled=not ballots,
            on_click=sketch_state.clear_ballots,
        )
    if is_pressed and taste is not None:
        sketch_training.start(lambda: _judge(taste), wish="As you like them")


def _ask(number: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        sketch_gallery.show_one(
            sketching.first()[_SHOWN + number], key="sketch_asked", alt=f"Drawing {number + 1}"
        )
        buttons = st.container(width="content")
    with buttons:
        st.markdown("**Do you like this one?**")
        with st.container(horizontal=True):
            st.button(
                "Like",
                icon=":material/thumb_up:",
                key="sketch_like",
                on_click=sketch_state.add_ballot,
                args=(like(number),),
            )
            st.button(
                "Dislike",
                icon=":material/thumb_down:",
                key="sketch_dislike",
                on_click=sketch_state.add_ballot,
                args=(dislike(number),),
            )
            st.button(
                "Skip",
                icon=":material/skip_next:",
                key="sketch_skip",
                on_click=sketch_state.add_skip,
                args=(number,),
            )


def _taste(ballots: tuple[Ballot, ...]) -> Taste | None:
    """What has been understood, or None while there is nothing to tell apart."""
    table = _table()
    try:
        return Taste.of(table, ballots, population=table)
    except RatingError:
        return None


def _table() -> npt.NDArray[np.float64]:
    """What a taste knows of the drawings that may be asked about."""
    return sketching.features()[_SHOWN:]


def _in_words(taste: Taste) -> str:
    """The three features that count most."""
    leading = taste.about(FEATURE_NAMES)[:3]
    words = [
        f"{RULES[name].noun if name in RULES else f'whether it is a {name}'} ({share:.0%})"
        for name, share in leading
    ]
    return ", ".join(words)


def _judge(taste: Taste) -> Judge:
    from midime_engine.pipelines.sketching import taste_judge

    return taste_judge(sketching.board(), taste)
