"""Adam as magenta-js runs it, as a pure function of its state."""

from __future__ import annotations

from typing import Final, NamedTuple

import keras
from keras import ops

__all__ = ["AdamState", "update"]

_BETA_1: Final = 0.9
_BETA_2: Final = 0.999
_EPSILON: Final = 1e-7

Tensors = list[keras.KerasTensor]


class AdamState(NamedTuple):
    """Parameters with the running moments of their gradients, all in the same order."""

    parameters: Tensors
    first: Tensors
    second: Tensors


def update(
    state: AdamState,
    gradients: Tensors,
    *,
    time: keras.KerasTensor,
    learning_rate: keras.KerasTensor,
) -> AdamState:
    """One step of Kingma and Ba, "Adam" (ICLR 2015), algorithm 1.

    Keras' optimizer is not used: its state belongs to one model and one graph, while here one
    compiled function serves every user; and it adds epsilon before correcting the bias, where
    TensorFlow.js, like the paper, adds it after.

    Args:
        state: Where the parameters and moments stand.
        gradients: One per parameter.
        time: Number of this step, float scalar from 1.
        learning_rate: Float scalar.
    """
    first = [_BETA_1 * m + (1.0 - _BETA_1) * g for m, g in zip(state.first, gradients, strict=True)]
    second = [
        _BETA_2 * v + (1.0 - _BETA_2) * g * g for v, g in zip(state.second, gradients, strict=True)
    ]
    step = learning_rate / (1.0 - ops.power(_BETA_1, time))
    correction = 1.0 / (1.0 - ops.power(_BETA_2, time))
    parameters = [
        p - step * m / (ops.sqrt(v * correction) + _EPSILON)
        for p, m, v in zip(state.parameters, first, second, strict=True)
    ]
    return AdamState(parameters, first, second)
