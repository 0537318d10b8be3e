"""Say what you like, piece by piece, until the music leans that way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from midime_ui import rating_state
from midime_ui.components import (
    failure,
    rating_board,
    rating_ground,
    rating_people,
    taste_comparison,
    taste_summary,
    taste_training_panel,
    taste_uses,
)

if TYPE_CHECKING:
    from midime_ui.ground import Ground


def show_ratings(ground: Ground, *, is_training: bool) -> None:
    """The part of the page that follows every answer."""
    with failure.stops_page():
        rating_board.show(ground)
        taste_summary.show(ground)
        given, whose = rating_people.show(ground)
        if not is_training:
            taste_training_panel.show_offer(ground, given, whose=whose)


st.title("Teach it your taste")
st.markdown(
    "Listen, and say what you like: from **about twenty answers** it learns what they have in "
    "common, and in ten seconds more the music leans that way."
)
with failure.stops_page():
    taste_training_panel.collect()
    ground = rating_ground.show()
    is_training = taste_training_panel.is_watching()
    st.fragment(show_ratings)(ground, is_training=is_training)
    lesson = rating_state.lesson()
    if is_training:
        taste_training_panel.show_watched()
    elif lesson is not None and lesson.learnt.rules.model == ground.model:
        st.subheader("Before and after")
        strength = taste_comparison.show(ground, lesson)
        taste_uses.show(ground, lesson, strength)
        taste_training_panel.show_last(lesson)
    if not is_training:
        taste_uses.show_open(ground)
    rating_ground.show_stored()
