"""Fusing elementwise functions: one pass over memory instead of one per operation.

An LSTM cell is a product and some twenty elementwise operations. Run one by one, these cost as much
as the product; compiled into one they cost a fifth of it. The products stay outside: on a CPU the
backend's own are faster than those of its compiler.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import keras

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["fused"]


@functools.cache
def fused(function: Callable[..., Any]) -> Callable[..., Any]:
    """``function`` of tensors as one operation, where the backend has to be asked for that.

    On JAX the step around it is compiled as a whole, which fuses more; torch runs it as it is.
    """
    if keras.backend.backend() != "tensorflow":
        return function
    import tensorflow as tf

    return tf.function(function, jit_compile=True, autograph=False)  # type: ignore[no-any-return]
