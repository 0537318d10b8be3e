"""From tokens to notes, and from notes to files.

What makes sound of them is in :mod:`midime_ui.listening`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from midime_engine.pipelines import generate
from midime_ui import cutting, models
from midime_ui.cache_keys import KEYS
from midime_ui.studies import Study

if TYPE_CHECKING:
    from collections.abc import Sequence

    from note_seq import NoteSequence

    from midime_engine.protocols import IntArray
    from midime_ui.studies import Source

__all__ = ["heard", "joined", "midi", "music"]


def music(study: Study, tokens: IntArray) -> list[NoteSequence]:
    """``[n, steps, parts]`` as notes with the tempo, metre and instruments of the song."""
    parts = models.base_model(study.model).parts
    return generate.to_music(tokens, parts=parts, playback=cutting.playback(study))


def joined(study: Study, sequences: Sequence[NoteSequence]) -> NoteSequence:
    """Pieces one after the other, each beginning on a bar line."""
    from midime_engine.music.joining import concatenate

    return concatenate(sequences, cutting.playback(study))


@st.cache_data(show_spinner=False, max_entries=64, max_size="64MiB", hash_funcs=KEYS)
def heard(study: Study, source: Source) -> NoteSequence:
    """The part of one song that the model hears: its chunks, end to end."""
    alone = Study((source,), study.tracks, study.model)
    return joined(alone, [chunk.sequence for chunk in cutting.material(alone).chunks.items])


@st.cache_data(show_spinner=False, max_entries=256)
def midi(sequence: NoteSequence) -> bytes:
    """``sequence`` as a MIDI file."""
    from midime_engine.music.midi_io import write_midi

    return write_midi(sequence)
