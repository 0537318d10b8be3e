"""Encoder and decoder joined: the network that is trained."""

from __future__ import annotations

from typing import TYPE_CHECKING

import keras

from midime_engine.midime.decoder import Decoder
from midime_engine.midime.encoder import Encoder

if TYPE_CHECKING:
    from midime_engine.midime.config import MidiMeConfig

__all__ = ["Network"]


class Network(keras.layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """A VAE without a random generator: its noise is an input.

    Noise from outside is the same on every backend, and a padded row can be given none.
    """

    def __init__(self, config: MidiMeConfig) -> None:
        """Build all variables at once, in the shapes that ``config.variable_shapes`` states."""
        super().__init__(name="midime")
        self.encoder = Encoder(config)
        self.decoder = Decoder(config)
        self(keras.ops.zeros([1, config.input_size]), keras.ops.zeros([1, config.latent_size]))

    def call(
        self, z: keras.KerasTensor, noise: keras.KerasTensor
    ) -> tuple[keras.KerasTensor, keras.KerasTensor, keras.KerasTensor]:
        """Reconstruct ``z`` through ``mu + sigma * noise``.

        Args:
            z: ``[n, input_size]``.
            noise: Standard normal, or zero for the posterior mean, ``[n, latent_size]``.

        Returns:
            The reconstruction ``[n, input_size]``, mu and sigma ``[n, latent_size]``.
        """
        mu, sigma = self.encoder(z)  # [n, latent_size] each
        return self.decoder(mu + sigma * noise), mu, sigma

    def named_variables(self) -> dict[str, keras.Variable]:
        """Every variable under the name it has in ``MidiMeConfig.variable_shapes``."""
        layers = {f"encoder/hidden_{i}": x for i, x in enumerate(self.encoder.hidden)}
        layers |= {"encoder/mu": self.encoder.mu, "encoder/sigma": self.encoder.sigma}
        layers |= {f"decoder/hidden_{i}": x for i, x in enumerate(self.decoder.hidden)}
        layers |= {"decoder/output": self.decoder.output_layer}
        return {
            f"{name}/{part}": getattr(layer, part)
            for name, layer in layers.items()
            for part in ("kernel", "bias")
        }
