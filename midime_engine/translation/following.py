"""How strictly a target follows its source, as places in ``z'``.

``z'`` has two kinds of numbers. Those that are *shared* say what both sides have in common: the
attributes, and what partners agree on. The others are *details*, and those of the target come from
:mod:`~midime_engine.translation.manners`.

The source is first moved towards a draw of the prior: ``s * mu + sqrt(1 - s²) * e`` for a
strictness ``s``, which keeps the cloud of all sources where it is. At 1 it is the source itself, at
0 it has nothing of it. Its shared numbers are the target's; its details only say what usually goes
with it. How far an answer strays from the usual falls with the strictness, but never to nothing:
one source has many answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.errors import OptionError
from midime_engine.translation.manners import details

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midime_engine.protocols import FloatArray
    from midime_engine.translation.model import Translator

__all__ = ["STRICTEST", "follow"]

STRICTEST: Final = 0.6
"""Variety that is left at full strictness, and that training reckons with."""


def follow(
    translator: Translator,
    mu: FloatArray,
    side: int,
    *,
    strictness: float,
    seeds: Sequence[int],
) -> FloatArray:
    """Places in ``z'`` for sources, one for each seed, ``[n, k, latent_size]``.

    The answers of one seed to different sources differ by the sources alone, so that a whole song
    is answered in one manner, and moving a source moves its answer.

    Args:
        translator: A translator.
        mu: ``z'`` of the sources, ``[n, latent_size]``.
        side: The source's; the places are for the other one.
        strictness: From 0 to 1.
        seeds: One for each answer.

    Raises:
        OptionError: If ``strictness`` is not in 0..1.
    """
    if not 0.0 <= strictness <= 1.0:  # NaN fails, too
        raise OptionError(
            f"A strictness of {strictness:g} means nothing.",
            remedy="0 is free, 1 follows the source as closely as can be.",
        )
    config = translator.config
    size, shared = config.latent_size, config.shared_size
    mu = np.asarray(mu, np.float32)
    places = np.empty((len(mu), len(seeds), size), np.float32)
    kept = np.float32(strictness)
    own = np.float32(np.sqrt(1.0 - strictness**2))
    variety = 1.0 - (1.0 - STRICTEST) * strictness
    for column, seed in enumerate(seeds):
        drawn = np.random.default_rng(seed).standard_normal((2, size), np.float32)
        moved = kept * mu + own * drawn[0]
        places[:, column, :shared] = moved[:, :shared]
        if shared < size:
            places[:, column, shared:] = details(
                translator, moved, 1 - side, noise=drawn[1:, shared:], amount=variety
            )
    return places
