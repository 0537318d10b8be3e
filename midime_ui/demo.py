"""The finished example of the first page: read once for everybody, without any model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from midime_engine import examples
from midime_engine.music.midi_io import read_midi

if TYPE_CHECKING:
    from note_seq import NoteSequence

__all__ = ["Demo", "demo"]


@dataclass(frozen=True, slots=True)
class Demo:
    """Bars of a song and a variation of them, ready to be played."""

    title: str
    n_bars: int
    n_copied: int
    """Bars of the variation that stand in the song note for note."""

    song: NoteSequence
    variation: NoteSequence


@st.cache_resource(show_spinner=False)
def demo() -> Demo:
    """The committed one; not to be changed, all sessions hold it."""
    files = examples.demo()
    return Demo(
        title=files.title,
        n_bars=files.n_bars,
        n_copied=round(files.bars_copied * files.n_bars),
        song=read_midi(files.song, name="song.mid").sequence,
        variation=read_midi(files.variation, name="variation.mid").sequence,
    )
