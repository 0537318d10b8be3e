"""Choose a song, see what MidiMe takes from it, and hear it; first of all, what this is."""

from __future__ import annotations

import streamlit as st

from midime_engine.errors import NoUsableTrackError
from midime_ui import cutting, models, navigation, state
from midime_ui.components import (
    chunk_count,
    failure,
    import_report,
    introduction,
    model_picker,
    song_card,
    song_picker,
    song_set,
    way_on,
    way_out,
)

study = state.study()
if study is None:
    introduction.show()
    st.subheader("Try it with your song")
    song_picker.show()
    song_picker.show_refusals()
    introduction.show_steps()
    st.stop()

songs = study.sources
st.title("Your song" if len(songs) == 1 else "Your songs")
song_picker.show_refusals()
material = None
try:
    material = cutting.material(study)
except NoUsableTrackError as error:
    if len(songs) > 1:  # Otherwise the card says so.
        failure.show(error)
    way_out.show(study)
else:
    chunk_count.show(study, material)
    way_on.show(instead=navigation.EMBEDDING)

if len(songs) > 1:
    song_set.show(study)
base = models.base_model(study.model)
if len(songs) == 1:
    song_card.show(songs[0], base)
else:
    for source in songs:
        song_card.show_folded(source, base, expanded=source is songs[0])
if material is not None:
    import_report.show(material.chunks.report)
model_picker.show()

st.subheader("Another song")
song_picker.show()
