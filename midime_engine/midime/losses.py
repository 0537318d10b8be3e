"""What a MidiMe minimises."""

from __future__ import annotations

from typing import NamedTuple

import keras
from keras import ops

__all__ = ["VaeLoss", "vae_loss"]


class VaeLoss(NamedTuple):
    """Scalars, in nats per chunk."""

    total: keras.KerasTensor
    reconstruction: keras.KerasTensor
    kl: keras.KerasTensor


def vae_loss(
    z: keras.KerasTensor,
    z_hat: keras.KerasTensor,
    mu: keras.KerasTensor,
    sigma: keras.KerasTensor,
    *,
    beta: keras.KerasTensor | float,
    mask: keras.KerasTensor,
) -> VaeLoss:
    """Negative ELBO for a decoder of unit variance, without its constant.

    Source: ``midi_me.ts``, lines 295-332.

    Args:
        z: The vectors to reconstruct, ``[n, input_size]``.
        z_hat: Their reconstruction, ``[n, input_size]``.
        mu: Posterior means, ``[n, latent_size]``.
        sigma: Posterior standard deviations, positive, ``[n, latent_size]``.
        beta: Weight of the KL term.
        mask: 1 for a chunk, 0 for a row of padding, ``[n]``; not all 0.
    """
    weight = mask / ops.sum(mask)  # [n]
    squared_error = ops.sum(ops.square(z - z_hat), axis=-1)  # [n]
    # KL(N(mu, sigma^2) || N(0, 1)) = (mu^2 + sigma^2 - 1) / 2 - ln sigma
    divergence = ops.sum(
        (ops.square(mu) + ops.square(sigma) - 1.0) / 2.0 - ops.log(sigma), axis=-1
    )  # [n]
    reconstruction = ops.sum(weight * squared_error) / 2.0
    kl = ops.sum(weight * divergence)
    return VaeLoss(reconstruction + beta * kl, reconstruction, kl)
