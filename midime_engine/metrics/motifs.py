"""Whether new music is made of the figures that a song is made of.

A *motif* is what three successive events of a part have in common wherever they stand: the steps
from one onset to the next and, of melody and bass, the semitones; of drums, the hits themselves.
So a motif is the same in another key and at another place in the bar. Motifs do not cross from
one window into the next.

*Kept motifs* is the share of the samples' motifs, each as often as it is played, that the song
plays too. 0 for samples without a motif: what plays nothing keeps nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.metrics.events import onsets, validate

if TYPE_CHECKING:
    from midime_engine.converters.classes import Role
    from midime_engine.protocols import IntArray

__all__ = ["kept_motifs", "motifs"]

_EVENTS: Final = 3
"""Two are a mere interval, and four of one song are hardly ever met again."""


def kept_motifs(
    source: IntArray, samples: IntArray, *, parts: tuple[Role, ...]
) -> dict[Role, float]:
    """Share of the motifs of ``samples`` that ``source`` plays too, for each part, in 0..1.

    Both are ``[n, steps, parts]``; ``n`` may differ, and be 0.

    Raises:
        ValueError: If the tokens break the conventions of this package.
    """
    source, samples = validate(source, parts), validate(samples, parts)
    shares: dict[Role, float] = {}
    for column, role in enumerate(parts):
        known = {row.tobytes() for row in motifs(source[:, :, column], role)}
        played = motifs(samples[:, :, column], role)
        kept = sum(row.tobytes() in known for row in played)
        shares[role] = kept / len(played) if len(played) else 0.0
    return shares


def motifs(line: IntArray, role: Role) -> IntArray:
    """Every motif of one part ``[n, steps]`` as a row: gaps, then semitones or hits."""
    found = onsets(line, role)
    first = np.arange(max(0, len(found) - _EVENTS + 1))
    first = first[found.window[first] == found.window[first + _EVENTS - 1]]
    events = first[:, None] + np.arange(_EVENTS)  # [motifs, events]
    gaps = np.diff(found.step[events], axis=1)
    token = found.token[events]
    return np.concatenate([gaps, token if role == "drums" else np.diff(token, axis=1)], axis=1)
