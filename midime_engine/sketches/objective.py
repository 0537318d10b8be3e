"""What training minimises: the cost of each drawing in nats plus a weighted KL.

    r = sum over points of -log p(offset) + sum over points and the end of -log p(pen state)
    kl = sum over dimensions of KL(N(mu, sigma²) ‖ N(0, 1))
    total = mean(r) + beta · mean(kl)

The paper divides r by the longest length and kl by ``z_size``; its weight of 0.5 for 250 steps and
128 dimensions is a beta of about 1 here. Offsets are densities, so r may be negative.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
from keras import ops

from midime_engine.sketches.mixture_density import density_of, offset_nats, state_nats
from midime_engine.sketches.network import Network
from midime_engine.sketches.strokes import END

if TYPE_CHECKING:
    from midime_engine.sketches.config import SketchConfig

Tensor = Any

__all__ = ["SketchTrainer"]


class SketchTrainer(keras.Model):  # type: ignore[misc]
    """A Sketch-RNN with its loss; ``train_on_batch`` of Keras does the rest on every backend.

    A batch is ``rows`` ``[b, n_steps, 5]``, ``keep`` ``[b, n_steps]`` (which rows the decoder is
    shown afterwards) and ``noise`` ``[b, z_size]``, float32 all.
    """

    def __init__(self, config: SketchConfig, *, matmul_dtype: str = "float32") -> None:
        super().__init__()
        self.network = Network(config, matmul_dtype)
        self.beta = self.add_weight(
            name="beta", shape=(), initializer="zeros", trainable=False, dtype="float32"
        )
        self.offsets = keras.metrics.Mean(name="offsets")
        self.states = keras.metrics.Mean(name="states")
        self.kl = keras.metrics.Mean(name="kl")
        self.built = True

    def call(self, batch: tuple[Tensor, Tensor, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        """Parameters of every row's density, ``mu`` and ``sigma``."""
        rows, keep, noise = batch
        mu, sigma = self.network.encoder(rows)
        return self.network.decoder.forced(mu + sigma * noise, rows, keep), mu, sigma

    def compute_loss(
        self, x: Any = None, y: Any = None, y_pred: Any = None, *_: Any, **__: Any
    ) -> Tensor:
        """The objective of the module's docstring; its terms are kept as metrics."""
        del y
        rows = x[0]
        parameters, mu, sigma = y_pred
        density = density_of(parameters)
        over = rows[:, :, END]  # [b, steps]
        first_over = ops.cast(ops.cumsum(over, axis=1) < 1.5, "float32")  # noqa: PLR2004 - up to the first
        offsets = ops.mean(ops.sum(offset_nats(density, rows) * (1.0 - over), axis=1))
        states = ops.mean(ops.sum(state_nats(density, rows) * first_over, axis=1))
        kl = ops.mean(
            ops.sum((ops.square(mu) + ops.square(sigma) - 1.0) / 2.0 - ops.log(sigma), axis=-1)
        )
        self.offsets.update_state(offsets)
        self.states.update_state(states)
        self.kl.update_state(kl)
        return offsets + states + self.beta * kl
