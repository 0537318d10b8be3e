"""Layers in NumPy, for serving: a few small products take less time than a call of Keras.

Weights are found by the name of their layer: ``name/kernel`` is ``[inputs, units]``, ``name/bias``
``[units]``. That a network of these layers does what its Keras twin does is a test of the network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from midime_engine.protocols import FloatArray

__all__ = ["batch_of", "dense", "relu", "softplus"]

_RANK = 2


def batch_of(values: npt.ArrayLike, size: int) -> FloatArray:
    """``values`` as float32 ``[n, size]``.

    Raises:
        ValueError: They have another shape.
    """
    batch = np.asarray(values, dtype=np.float32)
    if batch.ndim != _RANK or batch.shape[1] != size:
        raise ValueError(f"Expected vectors [n, {size}]; got shape {batch.shape}.")
    return batch


def dense(weights: Mapping[str, FloatArray], x: FloatArray, name: str) -> FloatArray:
    """One linear layer: ``[n, inputs]`` to a new array ``[n, units]``."""
    product: FloatArray = x @ weights[f"{name}/kernel"]
    product += weights[f"{name}/bias"]
    return product


def relu(h: FloatArray) -> FloatArray:
    """``h`` itself, with zeros in place of what is negative."""
    positive: FloatArray = np.maximum(h, 0, out=h)
    return positive


def softplus(h: FloatArray) -> FloatArray:
    """``ln(1 + exp(h))``, without overflow."""
    above_zero: FloatArray = np.logaddexp(np.float32(0), h)
    return above_zero
