"""What to do with what was learnt from ratings: take it to the sliders, keep it as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_ui import navigation, rating_state, rulebook, state
from midime_ui.components import downloads, learnt_file, rule_ground
from midime_ui.rating_state import Lesson
from midime_ui.rulebook import Learnt
from midime_ui.rules import Applied

if TYPE_CHECKING:
    from midime_ui.ground import Ground

__all__ = ["show", "show_open"]

_FITS: Final = (
    "Every position of the sliders is then moved to where the music is to this taste. It can be "
    "switched off there, and is saved and shared with the MidiMe."
)
_NEEDS: Final = "That needs a MidiMe of a song on the same model: choose a song and train."


def show(ground: Ground, lesson: Lesson, strength: float) -> None:
    """Offer to apply it to the sliders of a MidiMe, and to download it."""
    rules = lesson.learnt.rules
    visited = state.visit() is not None and ground.personal is not None
    own = (ground.study, ground.personal) if visited else rule_ground.own_midime()
    fits = own is not None and own[0] is not None and own[0].model == rules.model
    with st.container(horizontal=True, vertical_alignment="center", key="taste_uses"):
        if st.button(
            "Apply to Explore",
            type="primary",
            icon=":material/tune:",
            key="taste_apply",
            disabled=not fits,
            help=_FITS if fits else _NEEDS,
        ):
            assert own is not None
            assert own[1] is not None
            rulebook.apply(own[1], Applied(rules, strength))
            st.switch_page(navigation.EXPLORE.path)
        name = "taste" if ground.study is None else f"{ground.study.title} taste"
        st.download_button(
            "Download this taste",
            rules.data,
            f"{downloads.file_stem(name)}.safetensors",
            "application/octet-stream",
            icon=":material/download:",
            key="taste_download",
            on_click="ignore",
            help="The constraint as one file (safetensors), which this page opens again: its "
            "networks and the model. No rating is in it.",
        )
    if not fits and ground.personal is None:
        navigation.show_link(
            navigation.UPLOAD if own is None else navigation.TRAIN,
            label="Choose a song to use it with its sliders"
            if own is None
            else "Train a MidiMe on this model to use it with its sliders",
        )


def show_open(ground: Ground) -> None:
    """Offer to open a taste that was downloaded."""
    lesson = rating_state.lesson()
    learnt_file.show(
        learnt_file.TASTE,
        ground,
        None if lesson is None else lesson.learnt.rules,
        lambda rules: rating_state.set_lesson(Lesson(Learnt(rules, ground.key))),
    )
