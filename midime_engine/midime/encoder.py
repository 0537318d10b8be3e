"""The inward half of a MidiMe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import keras

if TYPE_CHECKING:
    from midime_engine.midime.config import MidiMeConfig

__all__ = ["Encoder"]


class Encoder(keras.layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Amortised posterior ``q(m | z)``: a Gaussian with diagonal covariance.

    Source: ``midi_me.ts``, lines 258-276.
    """

    def __init__(self, config: MidiMeConfig) -> None:
        """Make the layers; weights come from the caller."""
        super().__init__(name="encoder")
        self.hidden = [keras.layers.Dense(n, activation="relu") for n in config.encoder_layers]
        self.mu = keras.layers.Dense(config.latent_size)
        self.sigma = keras.layers.Dense(config.latent_size, activation="softplus")
        self.sigma_floor = config.sigma_floor

    def call(self, z: keras.KerasTensor) -> tuple[keras.KerasTensor, keras.KerasTensor]:
        """``[n, input_size]`` to mu and sigma, ``[n, latent_size]`` each."""
        h = z  # [n, input_size]
        for layer in self.hidden:
            h = layer(h)  # [n, encoder_layers[i]]
        return self.mu(h), self.sigma(h) + self.sigma_floor  # [n, latent_size] each
