"""What holds on every page: the song, the base model, where it runs and what plays."""

from __future__ import annotations

import streamlit as st

from midime_engine.errors import MidimeError
from midime_ui import cutting, listening, model_at_work, models, navigation, state
from midime_ui.components import failure

__all__ = ["show"]


def show() -> None:
    """Fill the sidebar; nothing in it waits for a model.

    Before there is a song there is none: it would have nothing to say, and push the first page
    aside while it is being read.
    """
    if not state.sources() and state.explorable() is None:
        return
    with st.sidebar:
        st.markdown("## MidiMe")
        _show_songs()
        _show_model()
        st.divider()
        _show_machine()


def _show_songs() -> None:
    songs = state.sources()
    opened = state.explorable()
    if not songs and opened is not None:
        st.markdown(f":material/bookmark: {failure.plain(opened.title)}, without its song")
        navigation.show_link(navigation.UPLOAD)
        return
    names = ", ".join(failure.plain(source.name) for source in songs)
    st.markdown(f":material/music_note: {names}")
    if _is_trained():
        st.markdown(":material/check_circle: A MidiMe has been trained")


def _is_trained() -> bool:
    """Whether there is a MidiMe of these very notes and this model."""
    study, personal = state.study(), state.personal()
    if study is None or personal is None:
        return False
    try:
        return personal.fingerprint == cutting.fingerprint(study)
    except MidimeError:
        return False  # The page says what is wrong.


def _show_model() -> None:
    if not state.sources():
        return  # What suits best is not known yet.
    title = failure.plain(models.base_model(model_at_work.model_name()).title)
    st.markdown(f":material/graphic_eq: {title}")
    navigation.show_link(navigation.UPLOAD, label="Change song or model")


def _show_machine() -> None:
    device = models.server(model_at_work.model_name()).device
    st.caption(
        f":material/memory: The model runs on: {device}"
        if device
        else ":material/hourglass_top: The model is being loaded in the background."
    )
    st.caption(f":material/piano: {failure.plain(listening.synth().sentence)}")
