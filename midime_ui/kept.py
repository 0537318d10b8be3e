"""What of new music stands in the song as well, for every place that shows a variation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from midime_engine.metrics import kept_notes as metric
from midime_ui import cutting, models
from midime_ui.cache_keys import KEYS
from midime_ui.components import chunk_map, wording

if TYPE_CHECKING:
    from midime_engine.protocols import IntArray
    from midime_ui.studies import Study

__all__ = ["Kept", "kept_notes", "sentence"]


class Kept(NamedTuple):
    """The notes of one window that its nearest piece of the song has too."""

    notes: tuple[bool, ...]
    """One for each note of its ``NoteSequence``."""

    share: float
    """Of these notes, 0..1."""

    chunk: int
    """Index of the nearest piece among those of the study."""


def kept_notes(study: Study, tokens_window: IntArray) -> Kept | None:
    """Compare one window, ``[steps, parts]``, with the song; None where the song is not here.

    Only the steps that are heard count, as in :func:`midime_ui.comparing.compared`.
    """
    if study.songless is not None:
        return None
    heard = cutting.playback(study).n_steps
    parts = models.base_model(study.model).parts
    found = metric.kept_notes(_song_tokens(study), tokens_window[:heard], parts=parts)
    return Kept(found.notes, found.share, found.chunk)


def sentence(study: Study, kept: Kept) -> str:
    """In words: 62 % of its notes stand in bars 3 to 4 of your song."""
    chunk = cutting.material(study).chunks.items[kept.chunk]
    several = len(study.sources) > 1
    where = f"{chunk_map.bars_of(chunk)} of {chunk.song if several else 'your song'}"
    if not any(kept.notes):
        return f"None of its notes stands in {where}, the nearest piece."
    return f"{wording.percent(kept.share)} of its notes stand in {where}."


@st.cache_resource(show_spinner=False, max_entries=256, hash_funcs=KEYS)
def _song_tokens(study: Study) -> IntArray:
    """The steps that are heard of all pieces, ``[n, heard, parts]``."""
    chunks = cutting.material(study).chunks
    return chunks.tokens[:, : chunks.playback.n_steps]
