"""The networks in NumPy, for serving: a few small products take less time than a call of Keras.

The same arithmetic as :mod:`midime_engine.constraints.network`; that they agree is a test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midime_engine.protocols import FloatArray

    Arrays = Mapping[str, FloatArray]

__all__ = ["perceive", "pull_back"]


def perceive(weights: Arrays, network: str, x: FloatArray) -> FloatArray:
    """What ``network`` makes of ``x`` ``[n, inputs]``: logits ``[n, outputs]``."""
    return _forward(weights, network, x)[-1]


def pull_back(weights: Arrays, network: str, x: FloatArray, slopes: FloatArray) -> FloatArray:
    """Gradient with respect to ``x`` ``[n, inputs]`` of a loss with ``slopes`` ``[n, outputs]``.

    ``slopes`` is the gradient of the loss with respect to what :func:`perceive` returns.
    """
    layers = _forward(weights, network, x)
    for layer in reversed(range(len(layers))):
        slopes = slopes @ weights[f"{network}/{layer}/kernel"].T
        if layer:
            slopes = slopes * (layers[layer - 1] > 0)
    return np.asarray(slopes, np.float32)


def _forward(weights: Arrays, network: str, x: FloatArray) -> list[FloatArray]:
    """The output of every layer."""
    n_layers = sum(name.startswith(f"{network}/") for name in weights) // 2
    outputs: list[FloatArray] = []
    h = np.asarray(x, np.float32)
    for layer in range(n_layers):
        h = h @ weights[f"{network}/{layer}/kernel"] + weights[f"{network}/{layer}/bias"]
        if layer < n_layers - 1:
            h = np.maximum(h, np.float32(0))
        outputs.append(h)
    return outputs
