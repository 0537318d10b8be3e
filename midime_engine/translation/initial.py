"""First weights of a translator, drawn by NumPy so that a seed means the same on every backend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.translation.config import SIDES
from midime_engine.translation.precision import precision

if TYPE_CHECKING:
    from midime_engine.protocols import FloatArray
    from midime_engine.translation.config import TranslatorConfig
    from midime_engine.translation.pairs import Pairs

__all__ = ["initial_weights", "straight_weights"]

_WEIGHTS_STREAM: Final = 0  # Of the seed; training draws from others.
_CLOSED: Final = -3.0
"""Logit of a gate that lets a twentieth through."""

_TIMID: Final = 0.1
"""Share of the usual first weights by which what is shared speaks at first."""

_NARROW: Final = -2.25
"""Softplus of it is a standard deviation of a tenth."""


def initial_weights(config: TranslatorConfig) -> dict[str, FloatArray]:
    """Kernels by Glorot and Bengio's uniform rule, biases zero; keyed as ``variable_shapes``.

    The rule is the default of the authors' TensorFlow. Manners begin as the prior.
    """
    rng = np.random.default_rng([config.seed, _WEIGHTS_STREAM])
    weights: dict[str, FloatArray] = {}
    for name, shape in config.variable_shapes.items():
        if name.endswith("/factor"):
            weights[name] = np.eye(*shape, dtype=np.float32)
        elif name.endswith("/bias") or name.startswith("manner/"):
            weights[name] = np.zeros(shape, np.float32)
        else:
            limit = float(np.sqrt(6.0 / sum(shape)))
            weights[name] = rng.uniform(-limit, limit, shape).astype(np.float32)
    return weights


def straight_weights(config: TranslatorConfig, pairs: Pairs) -> dict[str, FloatArray]:
    """Weights with which the details of ``z'`` are principal components from the first step on.

    A gated layer lets its input pass straight through, and the straight way that loses least is
    known without training: the principal components of each side, errors counted as the base model
    counts them (:func:`~midime_engine.translation.precision.precision`), scaled to variance one.
    The gates begin nearly closed. What is shared is left to training.
    """
    weights = initial_weights(config)
    n_details = config.latent_size - config.shared_size
    for side, half, weight in zip(SIDES, pairs.sides, precision(pairs), strict=True):
        scale = np.sqrt(weight).astype(np.float64)
        mu = np.asarray(half.latents.mu, np.float64)
        middle = mu.mean(axis=0)
        values, vectors = np.linalg.eigh(np.cov((mu - middle) * scale, rowvar=False))
        k = min(n_details, len(values))
        chosen = vectors[:, ::-1][:, :k]  # [size, k]
        # With the variance of the posteriors, which is what is drawn; of a short song most
        # components have no other.
        noise = float(np.mean(weight * np.square(half.latents.sigma)))
        deviation = np.sqrt(np.maximum(values[::-1][:k], 0.0) + noise)
        into = scale[:, None] * chosen / deviation
        first = config.shared_size
        kernel = weights[f"encoder/{side}/mu_skip/kernel"]
        kernel[:, first : first + k] = into
        weights[f"encoder/{side}/mu_skip/bias"][first : first + k] = -middle @ into
        back = weights[f"decoder/{side}/skip/kernel"]
        back[:first] *= _TIMID
        back[first : first + k] = (chosen * deviation).T / scale
        weights[f"decoder/{side}/skip/bias"][:] = middle
        weights[f"decoder/{side}/head/bias"][config.domains[SIDES.index(side)].size :] = _CLOSED
        weights[f"encoder/{side}/sigma_skip/kernel"][:] = 0.0
        weights[f"encoder/{side}/sigma_skip/bias"][:] = _NARROW
    for head in ("mu", "sigma"):
        weights[f"encoder/{head}/bias"][config.latent_size :] = _CLOSED
    # What is shared is for the network to find, not for a random line through the input.
    weights["encoder/mu/bias"][config.latent_size : config.latent_size + config.shared_size] = 0.0
    return weights
