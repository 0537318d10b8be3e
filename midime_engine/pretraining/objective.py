"""What pretraining minimises: reconstruction in nats plus a weighted KL, as in base_model.py.

    r = sum over steps and parts of the softmax cross entropy
    kl = sum over dimensions of KL(N(mu, sigma²) ‖ N(0, 1))
    total = mean(r) + beta · mean(max(kl - free_bits · ln 2, 0))

Free bits apply to the total KL, as Magenta's code does (its comment says otherwise).
All randomness comes in as arrays, so that a resumed run draws what an uninterrupted one would.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import keras
from keras import ops

from midime_engine.musicvae.network import Network

if TYPE_CHECKING:
    from midime_engine.musicvae.config import MusicVAEConfig

Tensor = Any

__all__ = ["PretrainingModel", "kl_nats", "reconstruction_nats"]


class PretrainingModel(keras.Model):  # type: ignore[misc]
    """A MusicVAE with its loss; ``train_on_batch`` of Keras does the rest on every backend.

    A batch is ``tokens`` int32 ``[b, steps, parts]``, ``keep`` float32 ``[b, steps]`` (which fed
    back tokens are shown to the decoder) and ``noise`` float32 ``[b, z_size]``.
    """

    def __init__(
        self, config: MusicVAEConfig, *, matmul_dtype: str = "bfloat16", free_bits: float = 0.0
    ) -> None:
        """Build the network; ``free_bits`` of KL per window cost nothing."""
        super().__init__()
        self.network = Network(config, matmul_dtype)
        self.free_nats = free_bits * math.log(2.0)
        self.beta = self.add_weight(
            name="beta", shape=(), initializer="zeros", trainable=False, dtype="float32"
        )
        self.reconstruction = keras.metrics.Mean(name="reconstruction")
        self.kl = keras.metrics.Mean(name="kl")
        self.built = True

    def call(self, batch: tuple[Tensor, Tensor, Tensor]) -> tuple[list[Tensor], Tensor, Tensor]:
        """Logits per part along the tokens themselves, ``mu`` and ``sigma``."""
        tokens, keep, noise = batch
        mu, sigma = self.network.encoder(tokens)
        return self.network.decoder.forced(mu + sigma * noise, tokens, keep), mu, sigma

    def compute_loss(
        self, x: Any = None, y: Any = None, y_pred: Any = None, *_: Any, **__: Any
    ) -> Tensor:
        """The objective of the module's docstring; its terms are kept as metrics."""
        del y
        total, r, kl = self.terms(x[0], y_pred, self.beta)
        self.reconstruction.update_state(r)
        self.kl.update_state(kl)
        return total

    def terms(self, tokens: Tensor, y_pred: Any, beta: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The scalar to minimise, and the mean reconstruction and KL of the batch in nats."""
        logits, mu, sigma = y_pred
        kl = kl_nats(mu, sigma)
        r = ops.mean(reconstruction_nats(logits, tokens))
        weighted = beta * ops.mean(ops.maximum(kl - self.free_nats, 0.0))
        return r + weighted, r, ops.mean(kl)


def reconstruction_nats(logits: list[Tensor], tokens: Tensor) -> Tensor:
    """Cross entropy of ``tokens`` ``[b, steps, parts]`` under each part's ``[b, steps, depth]``.

    Summed over steps and parts: ``[b]``.
    """
    r: Tensor = 0.0
    for part, part_logits in enumerate(logits):
        cost = ops.sparse_categorical_crossentropy(
            tokens[:, :, part], part_logits, from_logits=True
        )  # [b, steps]
        r = r + ops.sum(cost, axis=-1)
    return r


def kl_nats(mu: Tensor, sigma: Tensor) -> Tensor:
    """KL of ``N(mu, sigma²)`` from the prior, summed over ``[b, z_size]``: ``[b]``."""
    return ops.sum((mu**2 + sigma**2 - 1.0) / 2.0 - ops.log(sigma), axis=-1)
