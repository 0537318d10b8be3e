"""The inward half of the network."""

from __future__ import annotations

import numpy as np
from keras import ops

from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.encoder import Encoder


def test_mu_is_linear_and_sigma_is_softplus_above_its_floor() -> None:
    """With zero kernels the biases show the activations of both heads."""
    config = MidiMeConfig(input_size=3, latent_size=1, encoder_layers=(4,), sigma_floor=0.25)
    encoder = Encoder(config)
    encoder(ops.zeros([1, 3]))
    for variable in encoder.trainable_variables:
        variable.assign(ops.zeros(variable.shape))
    encoder.mu.bias.assign([-5.0])
    encoder.sigma.bias.assign([-1000.0])
    mu, sigma = encoder(ops.ones([2, 3]))
    np.testing.assert_array_equal(ops.convert_to_numpy(mu), [[-5.0], [-5.0]])
    np.testing.assert_array_equal(ops.convert_to_numpy(sigma), [[0.25], [0.25]])
    encoder.sigma.bias.assign([0.0])
    np.testing.assert_allclose(
        ops.convert_to_numpy(encoder(ops.ones([1, 3]))[1]), [[np.log(2) + 0.25]], rtol=1e-6
    )
