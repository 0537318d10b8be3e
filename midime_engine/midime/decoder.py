"""The outward half of a MidiMe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import keras

if TYPE_CHECKING:
    from midime_engine.midime.config import MidiMeConfig

__all__ = ["Decoder"]


class Decoder(keras.layers.Layer):  # type: ignore[misc]  # Keras ships no types
    """Mean of ``p(z | m)``; its variance is one and not represented.

    Source: ``midi_me.ts``, lines 278-293.
    """

    def __init__(self, config: MidiMeConfig) -> None:
        """Make the layers; weights come from the caller."""
        super().__init__(name="decoder")
        self.hidden = [keras.layers.Dense(n, activation="relu") for n in config.decoder_layers]
        self.output_layer = keras.layers.Dense(config.input_size)

    def call(self, z_small: keras.KerasTensor) -> keras.KerasTensor:
        """``[n, latent_size]`` to ``[n, input_size]``."""
        h = z_small  # [n, latent_size]
        for layer in self.hidden:
            h = layer(h)  # [n, decoder_layers[i]]
        return self.output_layer(h)  # [n, input_size]
