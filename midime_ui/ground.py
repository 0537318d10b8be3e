"""Where rules are tried: all that a base model can play, or what the MidiMe of a song plays.

Computed once and cached; nothing returned from here may be changed.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import streamlit as st

from midime_engine.attributes.passage import passages
from midime_engine.music.playback import Playback
from midime_engine.musicvae.starting import starting_points
from midime_engine.pipelines import generate, spaces
from midime_engine.pipelines.wishes import Ear
from midime_ui import cutting, models, personal_space, rebuilding

if TYPE_CHECKING:
    from collections.abc import Callable

    from note_seq import NoteSequence

    from midime_engine.attributes.passage import Passages
    from midime_engine.constraints.space import Space
    from midime_engine.converters.classes import Role
    from midime_engine.protocols import FloatArray, IntArray, LatentsLike
    from midime_ui.personal import Personal
    from midime_ui.serving import ModelServer
    from midime_ui.studies import Study

__all__ = [
    "N_PIECES",
    "Dreamer",
    "Ground",
    "LazySpace",
    "Pieces",
    "ear",
    "music",
    "pieces",
    "space",
]

N_PIECES: Final = 256
"""Heard to say how well a rule is kept: the share is known to three percent, in half a second."""

_FIRST_SEED: Final = 90_000
"""Far from the places from which anything is trained: what is shown was never learnt from."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A base model, or a MidiMe on top of it."""

    model: str
    study: Study | None = None
    personal: Personal | None = None
    """None for all that the model can play."""

    @property
    def key(self) -> tuple[str, ...]:
        """Equal for equal grounds, and short."""
        if self.study is None or self.personal is None:
            return (self.model,)
        return (self.model, self.study.fingerprint, self.personal.sha256)

    @property
    def parts(self) -> tuple[Role, ...]:
        """What is played."""
        return models.base_model(self.model).parts

    @property
    def playback(self) -> Playback:
        """Tempo, metre and instruments: those of the song, or the usual ones."""
        return Playback() if self.study is None else cutting.playback(self.study)


_KEYS: Final[dict[str | type[Any], Any]] = {Ground: lambda ground: ground.key}


class Pieces(NamedTuple):
    """Places that nobody has learnt from, and what is heard there."""

    z: FloatArray
    """``[n, z_size]``."""

    tokens: IntArray
    """``[n, steps, parts]``."""

    passages: Passages


class Dreamer:
    """A served base model that knows where its music lies."""

    def __init__(self, model: str, server: ModelServer, *, z_size: int) -> None:
        """``server`` plays ``model``, whose vectors have ``z_size`` numbers."""
        self._model = model
        self._server = server
        self._z_size = z_size

    def starts(self, n: int, *, seed: int = 0) -> FloatArray:
        """``n`` points where music lies, ``[n, z_size]``."""
        return starting_points(self._model, n, z_size=self._z_size, seed=seed)

    def encode_tokens(self, tokens: IntArray) -> LatentsLike:
        """``[n, steps, parts]`` to a posterior of ``[n, z_size]``."""
        return self._server.encode_tokens(tokens)

    def decode_tokens(
        self, z: FloatArray, *, temperature: float | None = None, seed: int = 0
    ) -> IntArray:
        """``[n, z_size]`` to ``[n, steps, parts]``."""
        return self._server.decode_tokens(z, temperature=temperature, seed=seed)


@st.cache_resource(show_spinner="Listening to what it plays…", max_entries=16, hash_funcs=_KEYS)
def pieces(ground: Ground) -> Pieces:
    """:data:`N_PIECES` of what is played where no rule is."""
    z = _draw(ground, N_PIECES, _FIRST_SEED)
    heard = ear(ground)
    tokens = heard.tokens(z)
    return Pieces(
        z, tokens, passages(tokens, parts=ground.parts, steps_per_bar=heard.steps_per_bar)
    )


class LazySpace:
    """What a constraint must know of the places: seconds of work, done once, by whoever asks."""

    def __init__(self, make: Callable[[], Space]) -> None:
        """``make`` is called in the thread that asks first; it must not touch Streamlit."""
        self._make = make
        self._lock = threading.Lock()
        self._made: Space | None = None

    def __call__(self) -> Space:
        """The space."""
        with self._lock:
            if self._made is None:
                self._made = self._make()
            return self._made


@st.cache_resource(show_spinner=False, max_entries=8, hash_funcs=_KEYS)
def space(ground: Ground) -> LazySpace:
    """The places of ``ground``, to be explored by a worker."""
    dreamer = _dreamer(ground)
    if ground.study is None or ground.personal is None:
        return LazySpace(partial(spaces.base_space, dreamer))
    has_song = ground.study.songless is None
    chunks = rebuilding.embedding(ground.study).latents if has_song else None
    midime = personal_space.space(ground.personal)
    return LazySpace(partial(spaces.song_space, midime, dreamer, chunks=chunks))


def ear(ground: Ground) -> Ear:
    """How places become music."""
    playback = ground.playback
    return Ear(
        models.server(ground.model),
        ground.parts,
        steps_per_bar=playback.steps_per_bar,
        n_steps=playback.n_steps,
    )


def music(ground: Ground, tokens: IntArray) -> list[NoteSequence]:
    """``[n, steps, parts]`` as notes."""
    return generate.to_music(tokens, parts=ground.parts, playback=ground.playback)


def _draw(ground: Ground, n: int, seed: int) -> FloatArray:
    if ground.personal is None:
        return _dreamer(ground).starts(n, seed=seed)
    midime = personal_space.space(ground.personal)
    return midime.decode(midime.sample(n, seed=seed))


def _dreamer(ground: Ground) -> Dreamer:
    server = models.server(ground.model)
    return Dreamer(ground.model, server, z_size=models.z_size(ground.model))
