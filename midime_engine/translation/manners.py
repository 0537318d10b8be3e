"""Details for what is translated: what usually goes with a source, and how much that varies.

The details of ``z'`` are what only one side knows. A target needs some, and those of its source say
nothing about it. So they are drawn: from a Gaussian whose mean depends on the source by a linear
map, fitted in closed form to the pairs that really sound together, and whose covariance is that of
what the map leaves open. A draw of it is a *manner* of answering; the map is ridge regression.

Both are fitted around what was there before, so that a song of twenty bars bends what many songs
have taught and does not replace it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.learning.trainable import TrainingState
from midime_engine.translation.config import SIDES

if TYPE_CHECKING:
    from midime_engine.protocols import FloatArray
    from midime_engine.translation.model import Translator
    from midime_engine.translation.pairs import Pairs

__all__ = ["details", "settle"]

_TRUST: Final = 100.0
"""Pairs that the map of before is worth: with fewer, what is new counts for less than half."""

_TRUST_IN_USUAL: Final = 4.0
"""The same of the middle and the spread, which a few bars tell better than other songs do."""

_STREAM: Final = 2  # Of the seed.
_RIDGE: Final = 1e-2
"""Added to every variance, as for the mixture of a base model."""


def settle(translator: Translator, pairs: Pairs) -> None:
    """Fit the manners of both sides to ``pairs``, after training; in place."""
    config = translator.config
    if config.shared_size == config.latent_size:
        return
    state = translator.state
    weights = dict(state.weights)
    rng = np.random.default_rng([config.seed, _STREAM])
    z = [translator.encode(side.latents.mu, i).sample(rng) for i, side in enumerate(pairs.sides)]
    for i, side in enumerate(SIDES):
        fitted = _fitted(
            z[1 - i],
            z[i][:, config.shared_size :],
            pairs,
            tuple(weights[f"manner/{side}/{part}"] for part in ("kernel", "bias", "factor")),
        )
        for part, array in zip(("kernel", "bias", "factor"), fitted, strict=True):
            array.setflags(write=False)
            weights[f"manner/{side}/{part}"] = array
    translator.adopt(TrainingState(weights, state.first, state.second, state.steps))


def details(
    translator: Translator, source: FloatArray, side: int, *, noise: FloatArray, amount: float
) -> FloatArray:
    """Details of side ``side`` for places of the other side's music, ``[n, details]``.

    Args:
        translator: A translator.
        source: ``z'`` of the source, ``[n, latent_size]``.
        side: The target's.
        noise: Standard normal, ``[n, details]``; one row for all is enough.
        amount: Of the variety, 0 for what is usual and 1 for as much as there is.
    """
    weights, name = translator.weights, SIDES[side]
    usual = source @ weights[f"manner/{name}/kernel"] + weights[f"manner/{name}/bias"]
    varied = noise @ weights[f"manner/{name}/factor"].T
    return np.asarray(usual + np.float32(amount) * varied, np.float32)


def _fitted(
    source: FloatArray,
    target: FloatArray,
    pairs: Pairs,
    before: tuple[FloatArray, ...],
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Kernel, bias and factor. The map is of pairs; the middle and the spread are of all rows."""
    kernel, bias, factor = (np.array(array, np.float64) for array in before)
    together = pairs.together
    n = len(target)
    share = n / (n + _TRUST_IN_USUAL)
    kept = (1.0 - share) * bias
    middle_source, middle = source.mean(axis=0, dtype=np.float64), target.mean(axis=0)
    x = source[together].astype(np.float64) - middle_source
    y = target[together].astype(np.float64) - middle - x @ kernel
    gram = x.T @ x + _TRUST * np.eye(x.shape[1])
    kernel += np.linalg.solve(gram, x.T @ y)
    bias = kept + share * (middle - middle_source @ kernel)
    # What the map explains varies with the source; only the rest is left to chance.
    everything = np.cov(target, rowvar=False).reshape(len(bias), len(bias))
    explained = kernel.T @ np.cov(source, rowvar=False) @ kernel
    left = _positive(everything - explained)
    covariance = share * left + (1.0 - share) * factor @ factor.T
    lower = np.linalg.cholesky(covariance + _RIDGE * np.eye(len(bias)))
    return kernel.astype(np.float32), bias.astype(np.float32), lower.astype(np.float32)


def _positive(covariance: np.ndarray) -> np.ndarray:
    values, vectors = np.linalg.eigh(covariance)
    return np.asarray((vectors * np.maximum(values, 0.0)) @ vectors.T)
