"""There and back: how much of a song survives the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from midime_engine.converters.chunks import Chunk, Chunks
    from midime_engine.protocols import DecodesTokens, FloatArray, IntArray, PersonalSpace

__all__ = ["Rebuilt", "agreement", "rebuild", "rebuild_through"]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The chunks of a song as a model gives them back."""

    tokens: IntArray
    """``[n_chunks, steps, parts]``, the likeliest choice at every step."""

    accuracy: FloatArray
    """Share of the steps of each chunk that came back unchanged, ``[n_chunks]`` in 0..1. Steps
    that only fill up the window of a short metre do not count."""

    @property
    def mean_accuracy(self) -> float:
        """Mean over the chunks."""
        return float(np.mean(self.accuracy))


def rebuild(chunks: Chunks, z: FloatArray, model: DecodesTokens) -> Rebuilt:
    """Decode ``z``, one per chunk, ``[n_chunks, z_size]``, and compare with the chunks."""
    tokens = model.decode_tokens(z)
    accuracy = [
        np.mean(agreement(chunk, window))
        for chunk, window in zip(chunks.items, tokens, strict=True)
    ]
    return Rebuilt(tokens, np.array(accuracy, np.float32))


def agreement(chunk: Chunk, window: IntArray) -> FloatArray:
    """Share of the steps of each part that are the same in ``window``, float32 ``[parts]``.

    ``window`` is ``[steps, parts]``; only the steps of the chunk that are music count.
    """
    same = chunk.tokens[: chunk.n_steps] == window[: chunk.n_steps]
    return np.asarray(same.mean(axis=0), np.float32)


def rebuild_through(
    chunks: Chunks, mu: FloatArray, space: PersonalSpace, model: DecodesTokens
) -> Rebuilt:
    """The same by way of a personal space: what its few numbers can say about the song.

    ``mu`` is where the base model puts the chunks, ``[n_chunks, z_size]``.
    """
    return rebuild(chunks, space.decode(space.encode(mu).mu), model)
