"""How near the song new music is, and how much of it is copied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from midime_engine.metrics.originality import Originality, originality
from midime_engine.metrics.similarity import similarity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midime_engine.converters.chunks import Chunks
    from midime_engine.converters.classes import Role
    from midime_engine.protocols import IntArray

__all__ = ["Comparison", "compare"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Samples beside the song."""

    similarity: Mapping[Role, Mapping[str, float]]
    """Overlap with the song for each part and feature, 0..1; see ``metrics.similarity``."""

    originality: Originality
    """Copied bars, longest copied run, nearest chunk; see ``metrics.originality``."""

    def to_json(self) -> dict[str, Any]:
        """As plain data for a report."""
        return {
            "similarity": {part: dict(values) for part, values in self.similarity.items()},
            "originality": self.originality.to_json(),
        }


def compare(chunks: Chunks, samples: IntArray, *, parts: tuple[Role, ...]) -> Comparison:
    """Compare ``samples``, tokens ``[n, steps, parts]``, with the chunks of a song.

    Only the steps that will be heard count: of a waltz, 24 of 32.
    """
    heard, steps_per_bar = chunks.playback.n_steps, chunks.playback.steps_per_bar
    song, new = chunks.tokens[:, :heard], samples[:, :heard]
    return Comparison(
        similarity=similarity(song, new, parts=parts, steps_per_bar=steps_per_bar),
        originality=originality(song, new, parts=parts, steps_per_bar=steps_per_bar),
    )
