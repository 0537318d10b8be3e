"""Train a MidiMe on the song: a falling curve, and what has come of it."""

from __future__ import annotations

import streamlit as st

from midime_ui import state
from midime_ui.components import (
    failure,
    guard,
    outcome_summary,
    training_panel,
    training_settings,
)

st.title("Train a MidiMe on your song")
study = guard.show_study()
st.markdown(
    "Your song becomes a small space of its own: a few sliders, and wherever they stand, the music "
    "resembles your song. The **curve shows how much is still lost**: it should fall and level out."
)

# The curve stands above, but what is trained with is asked for first.
panel = st.container(key="training")
with failure.stops_page():
    settings = training_settings.show()
with panel:
    is_watched = training_panel.show(study, settings)

personal = state.personal()
if is_watched or personal is None:
    st.stop()
outcome_summary.show(study, personal)
