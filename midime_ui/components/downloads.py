"""What the visitor takes home."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_ui import listening, models, note_sequences

if TYPE_CHECKING:
    from note_seq import NoteSequence

    from midime_engine.synthesis import AudioFormat
    from midime_ui.studies import Study

__all__ = ["file_stem", "name_of", "show"]

_SOUNDS: Final[tuple[tuple[AudioFormat, str], ...]] = (
    ("wav", "audio/wav"),
    ("mp3", "audio/mpeg"),
)


_MAX_TITLE: Final = 40
"""Letters of the song's name: behind it stands what tells two files apart."""


def show(sequence: NoteSequence, *, name: str, key: str) -> None:
    """Offer ``sequence`` as MIDI, WAV and MP3; ``name`` becomes the name of the files."""
    stem = file_stem(name)
    with st.container(horizontal=True):
        st.download_button(
            "MIDI",
            note_sequences.midi(sequence),
            f"{stem}.mid",
            "audio/midi",
            key=f"{key}_midi",
            icon=":material/download:",
            on_click="ignore",
            help="The notes, at the tempo of your song, for any music program.",
        )
        for kind, mime in _SOUNDS:
            st.download_button(
                kind.upper(),
                partial(listening.sound, sequence, kind),
                f"{stem}.{kind}",
                mime,
                key=f"{key}_{kind}",
                icon=":material/download:",
                on_click="ignore",
            )


def name_of(study: Study, what: str) -> str:
    """What a file of new music is called: after the song, the kind of model and what it is."""
    return f"{study.title[:_MAX_TITLE]} {models.base_model(study.model).kind.lower()} {what}"


def file_stem(name: str) -> str:
    """A name that every file system accepts.

    >>> file_stem("Für Elise (1).mid, seed 7")
    'Für-Elise-1-mid-seed-7'
    """
    return re.sub(r"\W+", "-", name).strip("-")[:80] or "midime"
