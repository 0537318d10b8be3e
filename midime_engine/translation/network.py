"""The network as pure functions of its parameters: Keras' operations, no layers, no state.

One compiled function serves every translator of the same shape, so parameters are arguments. The
one-hot label of a side, times a kernel, is a bias of that side; and because the two sides may have
vectors of different sizes, which have nothing to do with each other dimension by dimension, each
has a kernel of its own where its vectors go in and come out. All layers between are common.

Source: ``model_joint2.py`` of the authors' code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keras import ops

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midime_engine.translation.config import TranslatorConfig

    Parameters = Mapping[str, Any]

__all__ = ["decode", "dense", "encode", "judge"]


def encode(parameters: Parameters, x: Any, side: str, config: TranslatorConfig) -> tuple[Any, Any]:
    """Vectors of a side ``[n, size]`` to mu and sigma of ``z'``, ``[n, latent_size]`` each."""
    h = _trunk(parameters, x, "encoder", side, config)
    mu = _gated(parameters, h, x, "encoder/mu", f"encoder/{side}/mu_skip")
    sigma = _gated(parameters, h, x, "encoder/sigma", f"encoder/{side}/sigma_skip")
    return mu, ops.softplus(sigma) + config.sigma_floor


def decode(parameters: Parameters, z: Any, side: str, config: TranslatorConfig) -> Any:
    """``z'`` ``[n, latent_size]`` to vectors of a side, ``[n, size]``."""
    h = _trunk(parameters, z, "decoder", side, config)
    return _gated(parameters, h, z, f"decoder/{side}/head", f"decoder/{side}/skip")


def judge(parameters: Parameters, x: Any, side: str) -> Any:
    """What attributes the vectors of a side have, as logits ``[n, n_labels]``."""
    h = ops.relu(dense(parameters, x, f"judge/{side}/hidden"))
    return dense(parameters, h, f"judge/{side}/output")


def dense(parameters: Parameters, x: Any, name: str) -> Any:
    """One linear layer."""
    return ops.matmul(x, parameters[f"{name}/kernel"]) + parameters[f"{name}/bias"]


def _trunk(parameters: Parameters, x: Any, half: str, side: str, config: TranslatorConfig) -> Any:
    h = ops.relu(dense(parameters, x, f"{half}/{side}/first"))
    for i in range(len(config.layers) - 1):
        h = ops.relu(dense(parameters, h, f"{half}/hidden_{i}"))  # [n, layers[i + 1]]
    return h


def _gated(parameters: Parameters, h: Any, x: Any, head: str, skip: str) -> Any:
    """``(1 - g) * skip(x) + g * dz``: the gate lets the input pass straight through."""
    dz, logits = ops.split(dense(parameters, h, head), 2, axis=-1)
    gate = ops.sigmoid(logits)
    return (1.0 - gate) * dense(parameters, x, skip) + gate * dz
