"""What a base model hears of a study: its songs, cut into chunks of the chosen tracks.

Cached by content, bounded in number, and cut again when dropped. Nothing returned from here may be
changed: other sessions hold the same object.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import streamlit as st

from midime_engine.pipelines import prepare
from midime_ui import models, reading
from midime_ui.cache_keys import KEYS
from midime_ui.studies import SILENT, Study

if TYPE_CHECKING:
    from midime_engine.converters.chunks import Chunks
    from midime_engine.converters.classes import Role
    from midime_engine.converters.tracks import Selection
    from midime_engine.music.playback import Playback
    from midime_engine.pipelines.prepare import Material
    from midime_ui.studies import Source

__all__ = ["fingerprint", "material", "playback", "roles", "silent_in", "silent_parts"]


@st.cache_resource(show_spinner="Cutting the song into bars…", max_entries=256, hash_funcs=KEYS)
def material(study: Study) -> Material:
    """The chunks of all songs of a study, and the account of what was lost on the way.

    Raises:
        NoUsableTrackError: When no song has the parts that the model needs.
    """
    base = models.base_model(study.model)
    songs = [reading.song(source) for source in study.sources]
    return prepare.prepare(
        songs,
        parts=base.parts,
        n_steps=base.n_steps,
        selections=_selections(study),
    )


def playback(study: Study) -> Playback:
    """Tempo, metre and instruments of the songs, whether they are here or not."""
    if study.songless is not None:
        return study.songless.playback
    return material(study).chunks.playback


def silent_parts(study: Study) -> tuple[Role, ...]:
    """Parts of the model that nobody plays in the chosen tracks."""
    return silent_in(material(study).chunks, models.base_model(study.model).parts)


def silent_in(chunks: Chunks, parts: tuple[Role, ...]) -> tuple[Role, ...]:
    """Those of ``parts`` that nobody plays in ``chunks``."""
    heard = (chunks.tokens != 0).any(axis=(0, 1))
    return tuple(role for role, is_heard in zip(parts, heard, strict=True) if not is_heard)


def fingerprint(study: Study) -> str:
    """What identifies the very notes that a MidiMe of this study learns from."""
    digest = hashlib.sha256(study.model.encode())
    digest.update(material(study).chunks.tokens.tobytes())
    return digest.hexdigest()


def roles(study: Study, source: Source) -> dict[int, Role]:
    """Which instrument of one song plays which part of the model."""
    alone = Study((source,), study.tracks, study.model)
    (selection,) = material(alone).selections
    return {track: role for role, track in selection.tracks.items()}


def _selections(study: Study) -> dict[str, Selection]:
    """The best guess of each song, with the tracks that the visitor chose in place of it."""
    from midime_engine.converters.tracks import Selection

    chosen: dict[str, Selection] = {}
    for sha256 in {sha256 for sha256, _, _ in study.tracks}:
        source = next(each for each in study.sources if each.sha256 == sha256)
        guess = reading.best_guess(source, study.model)
        own = {role: track for song_, role, track in study.tracks if song_ == sha256}
        wanted: dict[Role, int] = {**guess.tracks, **own}
        # A choice for the bass is kept while a melody is at work, and means nothing to it.
        parts = models.base_model(study.model).parts
        tracks = {r: track for r, track in wanted.items() if r in parts and track != SILENT}
        chosen[sha256] = Selection(tracks, "You chose the tracks.")
    return chosen
