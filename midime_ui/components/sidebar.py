"""What holds on every page: the song, the base model, where it runs and what plays."""

from __future__ import annotations

import streamlit as st

from midime_ui import navigation, resources, state
from midime_ui.components import failure, model_picker

__all__ = ["show"]


def show() -> None:
    """Fill the sidebar; nothing in it waits for a model."""
    with st.sidebar:
        st.markdown("## MidiMe")
        _show_songs()
        model_picker.show()
        st.divider()
        _show_machine()


def _show_songs() -> None:
    songs = state.sources()
    if not songs:
        st.caption("No song yet.")
        navigation.show_link(navigation.UPLOAD)
        return
    names = ", ".join(failure.plain(source.name) for source in songs)
    st.markdown(f":material/music_note: {names}")
    if state.personal() is not None:
        st.markdown(":material/check_circle: A MidiMe has been trained")


def _show_machine() -> None:
    device = resources.model_server(state.model_name()).device
    st.caption(
        f":material/memory: The model runs on: {device}"
        if device
        else ":material/hourglass_top: The model is being loaded in the background."
    )
    st.caption(f":material/piano: {failure.plain(resources.synth().sentence)}")
