"""First weights of a constraint, drawn by NumPy so that a seed means the same everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from midime_engine.constraints.config import ConstraintConfig
    from midime_engine.protocols import FloatArray

__all__ = ["initial_weights"]

_CLOSED: Final = -2.0
"""Of the actor's gates, in logits: it begins by moving nothing much, and learns where to."""

_SMALL: Final = 0.01
"""Deviation of the actor's last layer, relative to the others'."""


def initial_weights(config: ConstraintConfig) -> dict[str, FloatArray]:
    """Kernels by He's rule, biases zero; the actor begins near the identity."""
    rng = np.random.default_rng([config.seed, 0])
    last = f"actor/{len(config.layers)}"
    weights: dict[str, FloatArray] = {}
    for name, shape in config.variable_shapes.items():
        if name.endswith("/bias"):
            weights[name] = np.zeros(shape, np.float32)
        else:
            deviation = np.sqrt(2.0 / shape[0]) * (_SMALL if name.startswith(last) else 1.0)
            weights[name] = np.float32(deviation) * rng.standard_normal(shape, np.float32)
    weights[f"{last}/bias"][: config.n_coordinates] = _CLOSED
    return weights
