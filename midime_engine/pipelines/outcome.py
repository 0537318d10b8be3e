"""How a personalisation turned out: heard, rebuilt, and compared with the song."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from midime_engine.pipelines.compare import Comparison, compare
from midime_engine.pipelines.generate import Variations, sample, sample_base
from midime_engine.pipelines.reconstruct import Rebuilt, rebuild, rebuild_through

if TYPE_CHECKING:
    from midime_engine.converters.classes import Role
    from midime_engine.pipelines.embed import Embedding
    from midime_engine.protocols import FloatArray, PersonalSpace, TokenModel

__all__ = ["Outcome", "evaluate"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A personalised model beside the base model it was made from."""

    by_model: Rebuilt
    """The song through the base model and back: the best that a MidiMe above it could do."""

    by_midime: Rebuilt
    """The song through the few numbers of the MidiMe as well."""

    variations: Variations
    """What the MidiMe plays."""

    base: Variations
    """What the base model plays when it knows no song."""

    variations_compared: Comparison
    """How near the song the variations are, and how much of it they copy."""

    base_compared: Comparison
    """The same of the base model."""


def evaluate(
    embedding: Embedding,
    space: PersonalSpace,
    model: TokenModel,
    *,
    parts: tuple[Role, ...],
    starts: FloatArray,
    temperature: float | None = None,
    seed: int = 0,
) -> Outcome:
    """Let a trained ``space`` and the bare ``model`` play, and compare both with the song.

    ``starts`` ``[n, z_size]`` is where the bare model plays; the space gives as many samples.
    """
    chunks, mu = embedding.chunks, embedding.latents.mu
    variations = sample(
        len(starts),
        space,
        model,
        parts=parts,
        n_steps=chunks.playback.n_steps,
        temperature=temperature,
        seed=seed,
    )
    base = sample_base(starts, model, temperature=temperature, seed=seed)
    return Outcome(
        by_model=rebuild(chunks, mu, model),
        by_midime=rebuild_through(chunks, mu, space, model),
        variations=variations,
        base=base,
        variations_compared=compare(chunks, variations.tokens, parts=parts),
        base_compared=compare(chunks, base.tokens, parts=parts),
    )
