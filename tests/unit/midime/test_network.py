"""Encoder and decoder joined."""

from __future__ import annotations

import numpy as np
from keras import ops

from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.network import Network


def test_the_network_has_exactly_the_variables_of_its_config() -> None:
    """Names, shapes and order agree, and Keras trains every one of them."""
    config = MidiMeConfig()
    network = Network(config)
    named = network.named_variables()
    assert {name: tuple(v.shape) for name, v in named.items()} == config.variable_shapes
    assert {id(v) for v in network.trainable_variables} == {id(v) for v in named.values()}
    assert network.count_params() == config.n_parameters == 1_085_064


def test_noise_moves_the_reconstruction_by_sigma() -> None:
    """The decoder is given mu + sigma * noise, neither more nor less."""
    config = MidiMeConfig(input_size=6, latent_size=2, encoder_layers=(5,), decoder_layers=(5,))
    network = Network(config)
    rng = np.random.default_rng(0)
    z, noise = (
        ops.convert_to_tensor(rng.standard_normal([4, size], np.float32)) for size in (6, 2)
    )
    z_hat, mu, sigma = network(z, noise)
    expected = network.decoder(mu + sigma * noise)
    np.testing.assert_allclose(
        ops.convert_to_numpy(z_hat), ops.convert_to_numpy(expected), rtol=1e-6
    )
