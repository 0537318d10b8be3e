"""Songs as they are read: their notes, their tracks, and which of these suit a base model.

Cached by content, bounded in number, and read again when dropped. Nothing returned from here may be
changed: other sessions hold the same object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from midime_ui import models
from midime_ui.cache_keys import KEYS

if TYPE_CHECKING:
    from midime_engine.converters.tracks import Selection, Track
    from midime_engine.music.song import Song
    from midime_ui.studies import Source

__all__ = ["best_guess", "song", "song_tracks"]


@st.cache_resource(show_spinner="Reading the song…", max_entries=256, hash_funcs=KEYS)
def song(source: Source) -> Song:
    """Parse one file.

    Raises:
        MidiReadError: When it is no MIDI file that we can or dare to read.
    """
    from midime_engine.music.midi_io import read_midi

    return read_midi(source.data, name=source.name)


@st.cache_resource(show_spinner=False, max_entries=256, hash_funcs=KEYS)
def song_tracks(source: Source, n_steps: int) -> tuple[Track, ...]:
    """The tracks of a song and what each is good for, in windows of ``n_steps``."""
    from midime_engine.converters.tracks import list_tracks

    return list_tracks(song(source), n_steps=n_steps)


@st.cache_resource(show_spinner=False, max_entries=256, hash_funcs=KEYS)
def best_guess(source: Source, model: str) -> Selection:
    """The tracks of a song that suit a model best, and why.

    Raises:
        NoUsableTrackError: When a part of the model cannot be taken from the song.
    """
    from midime_engine.converters.tracks import best_selection

    base = models.base_model(model)
    return best_selection(song_tracks(source, base.n_steps), base.parts)
