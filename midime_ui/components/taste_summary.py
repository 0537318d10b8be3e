"""What has been understood of a taste so far: in words, in figures, as a curve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.errors import RatingError
from midime_engine.pipelines.tasting import feature_names
from midime_engine.plots import taste_curve
from midime_engine.ratings import ballots as ratings
from midime_ui import rating_state, tasting
from midime_ui.components import chart, taste_words, wording
from midime_ui.components.rating_board import ENOUGH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midime_engine.plots.taste_curve import Point
    from midime_engine.ratings.taste import Taste
    from midime_ui.ground import Ground

__all__ = ["in_words", "show"]

_LAST: Final = 10
"""Answers of which it is said how many were foreseen."""

_EVEN: Final = 0.5
_VAGUE: Final = 0.62
"""How sure it must be of an answer before what it thinks is called more than a guess."""


def show(ground: Ground) -> None:
    """Everything about the visitor's own answers on ``ground``."""
    given = rating_state.ballots(rating_state.answers(ground))
    n = len(given)
    st.progress(
        min(1.0, n / ENOUGH),
        text=f"{wording.count(n, 'rating')}; about {ENOUGH} make a taste clear",
    )
    points = tasting.course(ground, given)
    taste = tasting.taste(ground, given)
    if taste is None:
        _show_why_not(given)
        return
    last = points[-1]
    st.markdown(
        _sentence(in_words(ground, taste), sure=last.sure or 0.0),
        help="The features that Gaussian processes found to explain your answers, with how much of "
        "the taste each is; the direction is that of its correlation with what is expected to be "
        "liked over all pieces.",
    )
    figures, curve = st.columns([1, 2], gap="large", vertical_alignment="center")
    with figures:
        _show_figures(points)
    with curve:
        chart.show(
            taste_curve.figure(points, enough=ENOUGH, theme=chart.theme()),
            alt=f"What is known of your taste after each rating; after {n}, it is sure of an "
            f"answer to {wording.percent(last.sure or 0.0)}.",
            key="taste_curve",
        )


def in_words(ground: Ground, taste: Taste) -> str:
    """What a taste likes, with shares: low notes (60 %), C major (20 %)."""
    said = taste_words.said(tasting.leaning(ground, taste), feature_names(ground.parts))
    return ", ".join(f"**{words}** ({wording.percent(share)})" for words, share in said)


def _sentence(words: str, *, sure: float) -> str:
    return f"You seem to like {words}." if sure >= _VAGUE else f"Only a guess yet: {words}."


def _show_why_not(given: Sequence[ratings.Ballot]) -> None:
    try:
        ratings.check(given)
    except RatingError as error:
        st.caption(f"{error} {error.remedy}")


def _show_figures(points: Sequence[Point]) -> None:
    last = points[-1]
    st.metric(
        "Its favourites: liked",
        "not yet" if last.favourites is None else wording.percent(last.favourites),
        help="What it expects: the mean probability that you like the upper tenth of the pieces "
        "here, which it would choose for you.",
    )
    told = [each.foretold for each in points if each.foretold is not None][-_LAST:]
    foreseen = sum(chance > _EVEN for chance in told)
    st.metric(
        "Foreseen answers",
        f"{foreseen} of {len(told)}" if told else "not yet",
        help=f"Of your last {_LAST} answers, those that it held for the likelier one before you "
        "gave them. It asks about what it doubts most, so half is no bad sign at first.",
    )
