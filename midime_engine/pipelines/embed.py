"""Chunks to vectors, and the vectors that a MidiMe trains on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.converters.tokens import transpose

if TYPE_CHECKING:
    from midime_engine.converters.chunks import Chunks
    from midime_engine.converters.classes import Role
    from midime_engine.protocols import EncodesTokens, FloatArray, LatentsLike

__all__ = ["FEW_CHUNKS", "Embedding", "embed", "training_latents"]

FEW_CHUNKS: Final = 8
"""With fewer chunks than this a MidiMe learns them by heart and its sliders lead nowhere."""

SHIFTS: Final = (0, -2, 2, -1, 1, -3, 3)
"""Transpositions, in semitones and in the order in which they are added: near keys share most
notes with the song, so they widen the space without leaving its style."""


@dataclass(frozen=True, slots=True)
class Embedding:
    """The chunks of a song and where a model puts them."""

    chunks: Chunks
    latents: LatentsLike
    """Posterior of each chunk; ``mu`` and ``sigma`` are ``[n_chunks, z_size]``."""


def embed(chunks: Chunks, model: EncodesTokens) -> Embedding:
    """Encode all chunks at once."""
    return Embedding(chunks, model.encode_tokens(chunks.tokens))


def training_latents(
    embedding: Embedding,
    model: EncodesTokens,
    *,
    parts: tuple[Role, ...],
    augment: bool | None = None,
) -> FloatArray:
    """What a MidiMe of this song trains on: ``mu``, float32 ``[n, z_size]``.

    ``augment`` adds transposed copies of the chunks until there are :data:`FEW_CHUNKS` or the
    :data:`SHIFTS` run out; None does so only when the song is shorter than that. Copies that
    equal a chunk that is there already (drums do not transpose) are not added.
    """
    tokens = embedding.chunks.tokens  # [n_chunks, steps, parts]
    mu = np.asarray(embedding.latents.mu, np.float32)
    if augment is False or (augment is None and len(tokens) >= FEW_CHUNKS):
        return mu
    seen = {window.tobytes() for window in tokens}
    added = []
    for shift in SHIFTS[1:]:
        for window in transpose(tokens, shift, parts=parts):
            if window.tobytes() not in seen:
                seen.add(window.tobytes())
                added.append(window)
        if augment is None and len(tokens) + len(added) >= FEW_CHUNKS:
            break
    if not added:
        return mu
    return np.concatenate([mu, model.encode_tokens(np.stack(added)).mu]).astype(np.float32)
