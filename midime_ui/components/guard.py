"""What a page needs before it can do anything: said in words, with a link to where to get it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import streamlit as st

from midime_ui import cutting, navigation, state
from midime_ui.components import failure

if TYPE_CHECKING:
    from midime_ui.navigation import Step
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

__all__ = ["show_explorable", "show_personal", "show_study"]


def show_study() -> Study:
    """The songs at work, known to hold chunks; otherwise say what is missing and end the page."""
    study = state.study()
    if study is None:
        _missing("First of all, MidiMe needs a song to listen to.", navigation.UPLOAD)
    with failure.stops_page(link=navigation.UPLOAD):
        chunks = cutting.material(study).chunks
    if not chunks.items:
        _missing("There is no music in the chosen track.", navigation.UPLOAD)
    return study


def show_explorable() -> Study:
    """The same; a MidiMe that was opened without its songs will do as well."""
    study = state.explorable()
    return show_study() if study is None or study.songless is None else study


def show_personal(study: Study) -> Personal:
    """The MidiMe of this very song; otherwise say what is missing and end the page."""
    personal = state.personal()
    if personal is None:
        _missing(
            "The sliders belong to a MidiMe, and none has been trained on this song yet. "
            "It takes about a second.",
            navigation.TRAIN,
        )
    if study.songless is None and personal.fingerprint != cutting.fingerprint(study):
        _missing(
            "The song, its track or the base model has changed since the training, so the "
            "sliders would play the previous one.",
            navigation.TRAIN,
        )
    return personal


def _missing(what: str, step: Step) -> NoReturn:
    with st.container(border=True):
        st.markdown(what)
        navigation.show_link(step)
    st.stop()
