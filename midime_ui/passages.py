"""Music that is going to be carried over: a piece of a song, or what a MidiMe plays.

Plain data, computed once and cached. A side of a translation may be longer than a window of its
model; then a piece of a song is as long as the side, and music of one window is repeated.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import streamlit as st

from midime_engine.converters.tracks import Selection, best_selection
from midime_engine.errors import NoUsableTrackError
from midime_engine.pipelines import bridge, generate, partners, prepare
from midime_engine.translation.domain import Domain
from midime_ui import models, reading, studies
from midime_ui.cache_keys import KEYS
from midime_ui.components import chunk_map

if TYPE_CHECKING:
    from note_seq import NoteSequence

    from midime_engine.converters.chunks import Chunks
    from midime_engine.converters.classes import Role
    from midime_engine.music.playback import Playback
    from midime_engine.pipelines.partners import Partners
    from midime_engine.protocols import FloatArray, IntArray
    from midime_ui.studies import Study

__all__ = ["Passage", "chunks", "music", "of_chunk", "of_window", "together_in"]


@dataclass(frozen=True, slots=True)
class Passage:
    """Some bars of music, and the vector that they are to a translator."""

    title: str
    """Where it comes from."""

    model: str
    """The base model that hears and plays it."""

    parts: tuple[Role, ...]

    tokens: bytes
    """The music: int32, ``shape`` of them, row by row."""

    shape: tuple[int, int]
    """Steps and parts."""

    x: bytes
    """Float32 ``[size]`` of its side."""

    playback: Playback
    """Its tempo, metre, length and instruments."""

    first_bar: int = 1
    """In the song that it is taken from."""

    id: str = field(init=False, repr=False, compare=False)
    """What tells passages apart, for caches."""

    def __post_init__(self) -> None:
        """Look at the bytes once."""
        said = repr((self.title, self.model, self.shape, self.playback, self.first_bar)).encode()
        object.__setattr__(self, "id", hashlib.sha256(said + self.tokens + self.x).hexdigest()[:20])

    @property
    def window(self) -> IntArray:
        """The music as tokens ``[steps, parts]``, not to be changed."""
        return np.frombuffer(self.tokens, np.int32).reshape(self.shape)

    @property
    def vector(self) -> FloatArray:
        """``[size]``, not to be changed."""
        return np.frombuffer(self.x, np.float32)

    @property
    def usual(self) -> Playback:
        """The same tempo, metre and length with the usual instruments, for another model."""
        return replace(self.playback, programs=(), velocities=())


_KEYS: Final[dict[str | type[Any], Any]] = {**KEYS, Domain: repr}


def music(passage: Passage) -> NoteSequence:
    """As notes."""
    (sequence,) = generate.to_music(
        passage.window[None], parts=passage.parts, playback=passage.playback
    )
    return sequence


@st.cache_resource(show_spinner="Cutting the song into bars…", max_entries=64, hash_funcs=_KEYS)
def chunks(study: Study, domain: Domain) -> Chunks:
    """The pieces of the songs of a study, each as long as ``domain``.

    Raises:
        NoUsableTrackError: No song has the parts.
    """
    return prepare.prepare(
        [reading.song(source) for source in study.sources],
        parts=domain.parts,
        n_steps=domain.span,
        selections=_selections(study, domain.parts, domain.span),
    ).chunks


@st.cache_resource(show_spinner="Listening…", max_entries=256, hash_funcs=_KEYS)
def of_chunk(study: Study, domain: Domain, index: int) -> Passage:
    """Piece ``index`` of the songs."""
    cut = chunks(study, domain)
    chunk = cut.items[index]
    x = bridge.encode(chunk.tokens[None], models.server(domain.model), domain).mu
    where = chunk_map.bars_of(chunk)
    return _passage(
        f"{chunk.song}, {where}",
        chunk.tokens,
        x,
        domain,
        replace(cut.playback, n_steps=chunk.n_steps),
        first_bar=chunk.first_bar,
    )


def of_window(
    title: str, z: FloatArray, window: IntArray, playback: Playback, domain: Domain
) -> Passage:
    """One window of a base model, repeated as often as its side is longer.

    Args:
        title: Where it comes from.
        z: ``[z_size]``.
        window: The music, ``[n_steps, parts]``.
        playback: How it is played.
        domain: The side.
    """
    heard = min(playback.n_steps or domain.n_steps, domain.n_steps)
    if domain.n_windows == 1:
        return _passage(title, window, z, domain, replace(playback, n_steps=heard))
    tokens = np.zeros((domain.span, len(domain.parts)), np.int32)
    again = np.tile(window[:heard], (domain.n_windows, 1))
    tokens[: len(again)] = again
    if heard == domain.n_steps:
        x = bridge.repeat(z[None], domain)
    else:  # The bars do not fill a window, so the next one begins within it.
        x = bridge.encode(tokens[None], models.server(domain.model), domain).mu
    return _passage(title, tokens, x, domain, replace(playback, n_steps=len(again)))


class _Found(NamedTuple):
    """What two models hear at the same time in songs, or why that is nothing."""

    partners: Partners | None
    error: NoUsableTrackError | None


def together_in(study: Study, domains: tuple[Domain, Domain]) -> Partners:
    """The bars of the songs in which both sides play.

    Raises:
        NoUsableTrackError: There are none; says which part is missing and what is possible.
    """
    found = _together(study, *domains)
    if found.partners is None:
        assert found.error is not None
        raise found.error
    return found.partners


@st.cache_resource(show_spinner=False, max_entries=32, hash_funcs=_KEYS)
def _together(study: Study, one: Domain, other: Domain) -> _Found:
    songs = [reading.song(source) for source in study.sources]
    parts = partners.union((one, other))
    try:
        selections = _selections(study, parts, one.span)
        return _Found(partners.find(songs, (one, other), selections=selections), None)
    except NoUsableTrackError as error:
        return _Found(None, error)


def _selections(study: Study, parts: tuple[Role, ...], span: int) -> dict[str, Selection]:
    """The tracks that the visitor chose, beside the best guess for the other parts."""
    chosen: dict[str, Selection] = {}
    for sha256 in {sha256 for sha256, role, _ in study.tracks if role in parts}:
        source = next(each for each in study.sources if each.sha256 == sha256)
        guess = best_selection(reading.song_tracks(source, span), parts).tracks
        own = {role: track for song, role, track in study.tracks if song == sha256}
        wanted: dict[Role, int] = {**guess, **own}
        tracks = {r: track for r, track in wanted.items() if r in parts and track != studies.SILENT}
        chosen[sha256] = Selection(tracks, "You chose the tracks.")
    return chosen


def _passage(
    title: str,
    tokens: IntArray,
    x: FloatArray,
    domain: Domain,
    playback: Playback,
    *,
    first_bar: int = 1,
) -> Passage:
    window = np.ascontiguousarray(tokens, np.int32)
    n_steps, n_parts = window.shape
    return Passage(
        title=title,
        model=domain.model,
        parts=domain.parts,
        tokens=window.tobytes(),
        shape=(n_steps, n_parts),
        x=np.ascontiguousarray(x, np.float32).tobytes(),
        playback=playback,
        first_bar=first_bar,
    )
