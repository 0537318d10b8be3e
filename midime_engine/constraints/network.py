"""The three networks as pure functions of tensors: critics, actor, and the slope of a critic.

Actor: ``z' = (1 - g)·z + g·dz``, gates and steps from one trunk (``LatentConstraints.ipynb`` of
magenta-demos, cells 3-7). Everything is in coordinates.
"""

from __future__ import annotations

from typing import Any

from keras import ops

__all__ = ["act", "input_slopes", "perceive"]

Tensors = list[Any]


def perceive(parameters: Tensors, x: Any) -> Any:
    """ReLU layers and a linear one: ``[n, inputs]`` to ``[n, outputs]``."""
    h = x
    for kernel, bias in _pairs(parameters[:-2]):
        h = ops.relu(ops.matmul(h, kernel) + bias)
    return ops.matmul(h, parameters[-2]) + parameters[-1]


def act(parameters: Tensors, x: Any, conditions: Any) -> Any:
    """Where the actor moves ``x`` ``[n, d]`` under ``conditions`` ``[n, c]``, ``[n, d]``."""
    inputs = ops.concatenate([x, conditions], axis=1)
    logits, target = ops.split(perceive(parameters, inputs), 2, axis=1)
    gate = ops.sigmoid(logits)
    return (1.0 - gate) * x + gate * target


def input_slopes(parameters: Tensors, x: Any) -> Any:
    """Gradient of the one output of :func:`perceive` with respect to ``x``, ``[n, inputs]``.

    Written out, so that it can be differentiated once more on every backend.
    """
    kernels = parameters[0::2]
    h, masks = x, []
    for kernel, bias in _pairs(parameters[:-2]):
        before = ops.matmul(h, kernel) + bias
        masks.append(ops.cast(before > 0, "float32"))
        h = ops.relu(before)
    slope = ops.transpose(kernels[-1])  # [1, width], the same for all rows
    for kernel, mask in zip(reversed(kernels[:-1]), reversed(masks), strict=True):
        slope = ops.matmul(slope * mask, ops.transpose(kernel))
    return slope


def _pairs(parameters: Tensors) -> list[tuple[Any, Any]]:
    return list(zip(parameters[0::2], parameters[1::2], strict=True))
