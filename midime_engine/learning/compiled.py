"""The only file here that names a backend: gradients and compilation.

Keras has no public way to differentiate or to compile a function of tensors, so the three
backends are told apart here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras

__all__ = ["compile_function", "gradients_of"]

Loss = Callable[[list[Any]], tuple[Any, Any]]
"""From parameters to the scalar to minimise and whatever else is to be kept."""


def gradients_of(loss: Loss, parameters: list[Any]) -> tuple[list[Any], Any]:
    """Differentiate ``loss`` at ``parameters``.

    Returns:
        One gradient per parameter, zero for one that the loss does not use, and the second result
        of ``loss``.
    """
    match keras.backend.backend():
        case "tensorflow":
            import tensorflow as tf

            with tf.GradientTape(watch_accessed_variables=False) as tape:
                tape.watch(parameters)
                total, kept = loss(parameters)
            unused = tf.UnconnectedGradients.ZERO
            return tape.gradient(total, parameters, unconnected_gradients=unused), kept
        case "jax":
            import jax  # type: ignore[import-not-found,unused-ignore]  # optional backend

            (_, kept), gradients = jax.value_and_grad(loss, has_aux=True)(parameters)
            return gradients, kept
        case "torch":
            import torch  # type: ignore[import-not-found,unused-ignore]  # optional backend

            leaves = [parameter.detach().requires_grad_() for parameter in parameters]
            with torch.enable_grad():
                total, kept = loss(leaves)
                gradients = torch.autograd.grad(
                    total, leaves, allow_unused=True, materialize_grads=True
                )
            return list(gradients), kept.detach()
        case other:
            raise ValueError(f"Training needs gradients; Keras runs on {other!r}.")


def compile_function(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a pure function of tensors; one executable per set of argument shapes.

    TensorFlow compiles with XLA: on two cores a hundred epochs take less than half the time, and
    half the processor time, of the same graph run operation by operation. It is kept on the CPU
    also where there is a GPU: products this small wait for the card rather than for arithmetic,
    and a seed then means the same weights whether or not a card is free. Torch runs eagerly.
    """
    match keras.backend.backend():
        case "tensorflow":
            import tensorflow as tf

            graph = tf.function(function, jit_compile=True, autograph=False)

            def on_cpu(*arguments: Any) -> Any:
                with tf.device("CPU:0"):
                    return graph(*arguments)

            return on_cpu
        case "jax":
            import jax

            return jax.jit(function)  # type: ignore[no-any-return]
        case _:

            def eagerly(*arguments: Any) -> Any:
                return function(*keras.tree.map_structure(keras.ops.convert_to_tensor, arguments))

            return eagerly
