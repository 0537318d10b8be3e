"""Play some translations and measure what came of them, so that training knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midime_engine.pipelines import bridge
from midime_engine.pipelines.carried import Scale, measure
from midime_engine.translation.following import STRICTEST
from midime_engine.translation.pairs import Played

if TYPE_CHECKING:
    from midime_engine.protocols import DecodesTokens
    from midime_engine.translation.model import Translator
    from midime_engine.translation.pairs import Pairs

__all__ = ["listen"]


def listen(
    translator: Translator,
    pairs: Pairs,
    models: tuple[DecodesTokens, DecodesTokens],
    scales: tuple[Scale, Scale],
    *,
    n: int,
    seed: int,
) -> Played:
    """Translate ``n`` windows of each side, with details of other music, subdued, and play them.

    Args:
        translator: A translator in training.
        pairs: What it is trained on.
        models: The base models of side 0 and side 1.
        scales: The scales of both sides.
        n: How many.
        seed: Of the choice.
    """
    shared = translator.config.shared_size
    rng = np.random.default_rng(seed)
    places = []
    for side, half in enumerate(pairs.sides):
        rows = rng.integers(0, len(pairs), n)
        places.append(translator.encode(half.latents.mu[rows], side).sample(rng))
    x, labels = [], []
    for side, domain in enumerate(translator.config.domains):
        subdued = np.float32(STRICTEST) * places[side][:, shared:]
        mixed = np.concatenate([places[1 - side][:, :shared], subdued], axis=1)
        there = translator.decode(mixed, side)
        music = bridge.decode(there, models[side], domain)
        x.append(there)
        labels.append(scales[side].share(measure(music, parts=domain.parts)))
    return Played((x[0], x[1]), (labels[0], labels[1]))
