"""The latent spaces in which music can be constrained.

* :func:`base_space`: all that a model can play.
* :func:`song_space`: what a MidiMe plays, in the vectors of the model underneath: the constraint
  may leave the song's own few dimensions, but no further than the rule takes.
* :func:`slider_space`: the few numbers of the MidiMe themselves, and nothing outside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from midime_engine.constraints.space import Space
from midime_engine.latent.latents import Latents

if TYPE_CHECKING:
    from midime_engine.protocols import FloatArray, IntArray, LatentsLike, PersonalSpace

__all__ = ["Dreams", "base_space", "slider_space", "song_space"]

N_DREAMS: Final = 1024
"""Pieces of which the posteriors tell where music lies and how fine it is."""


class Dreams(Protocol):
    """A model that knows where its music lies: a MusicVAE."""

    def starts(self, n: int, *, seed: int = 0) -> FloatArray:
        """``n`` points where it lies, ``[n, z_size]``."""
        ...

    def encode_tokens(self, tokens: IntArray) -> LatentsLike:
        """Windows to posteriors."""
        ...

    def decode_tokens(
        self, z: FloatArray, *, temperature: float | None = None, seed: int = 0
    ) -> IntArray:
        """Points to windows."""
        ...


def base_space(model: Dreams, *, seed: int = 0) -> Space:
    """The space of ``model``: starts are its dreams, real is what it hears in them again.

    No recordings come with a model, but its own dreams, decoded and encoded, lie where its encoder
    puts music.
    """
    dreams = model.starts(N_DREAMS, seed=seed)
    posterior = model.encode_tokens(model.decode_tokens(dreams))
    return Space(posterior, lambda n, seed: model.starts(n, seed=seed))


def song_space(
    midime: PersonalSpace,
    model: Dreams,
    *,
    chunks: LatentsLike | None = None,
    seed: int = 0,
) -> Space:
    """Around what ``midime`` plays, in the ``z`` of ``model``.

    Args:
        midime: A trained MidiMe.
        model: What it was trained on.
        chunks: The posterior of its song, ``[n, z_size]``, if the song is at hand.
        seed: Of the dreams.
    """
    dreams = midime.decode(midime.sample(N_DREAMS, seed=seed))
    posterior = model.encode_tokens(model.decode_tokens(dreams))
    if chunks is not None and len(chunks.mu):
        posterior = _with_song(posterior, chunks)
    return Space(posterior, lambda n, seed: midime.decode(midime.sample(n, seed=seed)))


def slider_space(
    midime: PersonalSpace, *, chunks: LatentsLike | None = None, seed: int = 0
) -> Space:
    """The few numbers of ``midime``.

    Args:
        midime: A trained MidiMe.
        chunks: The posterior of its song in the ``z`` of the model underneath, if it is at hand.
        seed: Of the dreams.
    """
    dreams = midime.encode(midime.decode(midime.sample(N_DREAMS, seed=seed)))
    if chunks is not None and len(chunks.mu):
        dreams = _with_song(dreams, midime.encode(chunks.mu))
    return Space(dreams, lambda n, seed: midime.sample(n, seed=seed))


def _with_song(dreams: LatentsLike, song: LatentsLike) -> Latents:
    """As much of the song as of the dreams, so that neither is drowned."""
    again = -(-len(dreams.mu) // len(song.mu))
    return Latents(
        np.concatenate([dreams.mu, np.repeat(song.mu, again, axis=0)]),
        np.concatenate([dreams.sigma, np.repeat(song.sigma, again, axis=0)]),
    )
