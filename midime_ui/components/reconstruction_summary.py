"""How well the model understood the song as a whole, in a word and a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_ui import rebuilding
from midime_ui.components import wording

if TYPE_CHECKING:
    from midime_engine.pipelines.reconstruct import Rebuilt
    from midime_ui.studies import Study

__all__ = ["judge", "show"]

_WORDS: Final = (
    (0.98, "The model knows this kind of music very well."),
    (0.85, "The model plays most of it as it is."),
    (0.6, "The model gets the outline; details differ."),
    (0.0, "This music is far from what the model was trained on: expect surprises."),
)
"""From which accuracy on which sentence holds."""


def show(study: Study, rebuilt: Rebuilt) -> None:
    """Show the mean accuracy and what it means, and that of each of several parts."""
    by_part = rebuilding.accuracy(study, rebuilt)
    accuracy = rebuilding.overall(study, rebuilt)
    st.metric(
        "Played back correctly",
        wording.percent(accuracy),
        help="Mean reconstruction accuracy of the base model over all pieces, decoding the "
        "likeliest note at every step.",
    )
    parts = f" {wording.by_part(by_part).capitalize()}." if len(by_part) > 1 else ""
    st.caption(judge(accuracy) + parts)


def judge(accuracy: float) -> str:
    """Put an accuracy into words."""
    return next(words for least, words in _WORDS if accuracy >= least)
