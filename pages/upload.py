"""Choose a song, see what MidiMe takes from it, and hear it."""

from __future__ import annotations

import streamlit as st

from midime_engine.errors import NoUsableTrackError
from midime_ui import models, navigation, resources, state
from midime_ui.components import (
    chunk_count,
    failure,
    import_report,
    introduction,
    model_picker,
    song_card,
    song_picker,
    way_out,
)

st.title("Which song shall it be?")
st.markdown(
    "MidiMe listens to a song, learns in about a second what makes it sound the way it does, and "
    "then plays **variations that you steer with a few sliders**."
)
song_picker.show()

if state.study() is None:
    introduction.show()
    st.stop()

model_picker.show()
base = models.base_model(state.model_name())
songs = state.sources()
if len(songs) == 1:
    song_card.show(songs[0], base)
else:
    for source in songs:
        song_card.show_folded(source, base, expanded=source is songs[0])

study = state.study()  # Once more: a card above may just have taken another track.
assert study is not None
try:
    material = resources.material(study)
except NoUsableTrackError as error:
    if len(songs) > 1:  # Otherwise the card has said so.
        failure.show(error)
    way_out.show(study)
    st.stop()
chunk_count.show(study, material)
import_report.show(material.chunks.report)
navigation.show_next(navigation.TRAIN, instead=navigation.EMBEDDING)
