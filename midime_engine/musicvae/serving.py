"""Compiling network functions: the one place that knows how each Keras backend does it.

Keras runs operations one by one outside its own training loop; every backend has its own way to
compile a whole function instead. On TensorFlow the batch size is left open, so one graph serves
all of them.
"""

from __future__ import annotations

import contextlib
import functools
from typing import TYPE_CHECKING, Any

import keras

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["compiled", "device_name", "prepare_devices"]


def compiled(
    function: Callable[..., Any],
    signature: Sequence[tuple[tuple[int | None, ...], str]],
    *,
    fused: bool = False,
) -> Callable[..., Any]:
    """``function`` of tensors, compiled for arguments of the shapes and dtypes in ``signature``.

    None in a shape stands for any size. ``fused`` asks for machine code instead of a graph of
    operations: it takes two to four times as long to make, for each shape, and pays where the
    operations are many and small.
    """
    backend = keras.backend.backend()
    if backend == "tensorflow":
        import tensorflow as tf

        specs = [tf.TensorSpec(shape, dtype) for shape, dtype in signature]
        return tf.function(  # type: ignore[no-any-return]
            function, input_signature=specs, autograph=False, jit_compile=fused or None
        )
    if backend == "jax":
        import jax

        return jax.jit(function)  # type: ignore[no-any-return]
    return _without_gradients(function)


def _without_gradients(function: Callable[..., Any]) -> Callable[..., Any]:
    import torch

    @functools.wraps(function)
    def run(*arrays: Any) -> Any:
        with torch.no_grad():
            return function(*(keras.ops.convert_to_tensor(array) for array in arrays))

    return run


@functools.cache
def prepare_devices() -> None:
    """Let TensorFlow take GPU memory as it needs it, and compute in full single precision.

    So the app can share a card, and a card gives the notes that a CPU gives.
    """
    if keras.backend.backend() != "tensorflow":
        return
    import tensorflow as tf

    tf.config.experimental.enable_tensor_float_32_execution(False)
    for gpu in tf.config.list_physical_devices("GPU"):
        # Too late when the caller has used the card already; then its own choice stands.
        with contextlib.suppress(RuntimeError):
            tf.config.experimental.set_memory_growth(gpu, True)


@functools.cache
def device_name() -> str:
    """Where models run: ``CPU``, or the name of the GPU that the backend uses."""
    prepare_devices()
    backend = keras.backend.backend()
    if backend == "tensorflow":
        import tensorflow as tf

        gpus = tf.config.list_physical_devices("GPU")
        if gpus:
            details = tf.config.experimental.get_device_details(gpus[0])
            return str(details.get("device_name", "GPU"))
        return "CPU"
    if backend == "jax":
        import jax

        device = jax.devices()[0]
        return "CPU" if device.platform == "cpu" else str(device.device_kind)
    import torch

    return str(torch.cuda.get_device_name(0)) if torch.cuda.is_available() else "CPU"
