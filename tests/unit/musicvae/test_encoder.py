from __future__ import annotations

import keras
import numpy as np
import pytest

from midime_engine.musicvae import get_config
from midime_engine.musicvae.encoder import Encoder
from tests.support.networks import random_network, random_tokens

FAMILIES = ["testing", "testing-drums", "testing-trio", "testing-mel_16bar"]


@pytest.mark.parametrize("name", FAMILIES)
def test_one_posterior_per_window(name: str, rng) -> None:
    """``mu`` and ``sigma`` are ``[b, z_size]``, and sigma is positive."""
    network = random_network(name)
    mu, sigma = network.encoder(random_tokens(network.config, 3, rng))
    assert tuple(mu.shape) == tuple(sigma.shape) == (3, network.config.z_size)
    assert np.min(np.asarray(sigma)) > 0


def test_sigma_stays_positive_where_softplus_underflows() -> None:
    """The KL takes its logarithm."""
    network = random_network("testing")
    network.encoder.sigma.bias.assign(np.full(8, -1e4))
    _, sigma = network.encoder(np.zeros((1, 32, 1), np.int32))
    assert np.isfinite(np.log(np.asarray(sigma))).all()


def test_steps_after_the_end_are_not_read(rng) -> None:
    """With lengths, what stands beyond them changes nothing."""
    network = random_network("testing")
    tokens, lengths = random_tokens(network.config, 2, rng), np.array([20, 5], np.int32)
    other = tokens.copy()
    other[0, 20:], other[1, 5:] = 7, 9
    for found, expected in zip(
        network.encoder(other, lengths), network.encoder(tokens, lengths), strict=True
    ):
        np.testing.assert_array_equal(found, expected)


def test_full_lengths_change_nothing(rng) -> None:
    """The two ways to turn a sequence around agree."""
    network = random_network("testing-mel_16bar")
    tokens = random_tokens(network.config, 2, rng)
    mu, sigma = network.encoder(tokens)
    mu_of_all, sigma_of_all = network.encoder(tokens, np.array([256, 256], np.int32))
    np.testing.assert_allclose(mu, mu_of_all, atol=1e-6)
    np.testing.assert_allclose(sigma, sigma_of_all, atol=1e-6)


def test_an_untrained_encoder_starts_near_the_prior() -> None:
    """Magenta's heads begin near zero: mu near 0, sigma near softplus(0)."""
    keras.utils.set_random_seed(0)
    mu, sigma = Encoder(get_config("testing"))(np.zeros((1, 32, 1), np.int32))
    assert np.max(np.abs(np.asarray(mu))) < 0.05
    np.testing.assert_allclose(sigma, np.log(2.0), atol=0.05)
