"""First weights of a translator."""

from __future__ import annotations

import numpy as np

from midime_engine.translation.initial import initial_weights, straight_weights
from midime_engine.translation.model import Translator
from tests.support.translation import toy_config, toy_pairs


def test_a_seed_means_the_same_weights() -> None:
    """And another seed others."""
    one, same, other = (initial_weights(toy_config(seed=seed)) for seed in (1, 1, 2))
    assert list(one) == list(toy_config().variable_shapes)
    assert all(np.array_equal(one[name], same[name]) for name in one)
    assert not np.array_equal(one["encoder/mu/kernel"], other["encoder/mu/kernel"])


def test_kernels_stay_within_their_limit_and_biases_begin_at_nothing() -> None:
    """Glorot and Bengio's uniform rule."""
    weights = initial_weights(toy_config())
    kernel = weights["encoder/a/first/kernel"]
    assert np.abs(kernel).max() <= np.sqrt(6 / sum(kernel.shape))
    assert not weights["encoder/a/first/bias"].any()


def test_manners_begin_as_the_prior() -> None:
    """Nothing is usual yet, and details vary as standard normal numbers do."""
    weights = initial_weights(toy_config())
    np.testing.assert_array_equal(weights["manner/b/factor"], np.eye(3))
    assert not weights["manner/b/kernel"].any()


def test_straight_weights_bring_back_what_random_ones_do_not() -> None:
    """Details that are principal components lose little of either side before any training."""
    config, pairs = toy_config(latent_size=8, shared_size=2), toy_pairs(200)
    lost = {}
    for name, weights in (
        ("random", initial_weights(config)),
        ("straight", straight_weights(config, pairs)),
    ):
        translator = Translator.from_weights(config, weights)
        for side in (0, 1):
            mu = pairs.sides[side].latents.mu
            back = translator.decode(translator.encode(mu, side).mu, side)
            lost[name, side] = float(np.mean((back - mu) ** 2) / mu.var())
    assert lost["straight", 0] < 0.2 * lost["random", 0]
    assert lost["straight", 1] < 0.5 * lost["random", 1]


def test_details_begin_with_the_variance_of_the_prior() -> None:
    """Drawn from the posteriors, they have variance about one."""
    config, pairs = toy_config(), toy_pairs(300)
    translator = Translator.from_weights(config, straight_weights(config, pairs))
    posterior = pairs.sides[1].latents
    drawn = posterior.mu + posterior.sigma * np.random.default_rng(0).standard_normal(
        posterior.mu.shape
    )
    found = translator.encode(drawn, 1).mu[:, config.shared_size :]
    np.testing.assert_allclose(found.std(axis=0), 1.0, atol=0.25)


def test_two_bars_are_enough_to_begin_with() -> None:
    """Components without any variance are not blown up."""
    config, pairs = toy_config(), toy_pairs(2)
    translator = Translator.from_weights(config, straight_weights(config, pairs))
    assert np.abs(translator.encode(pairs.sides[0].latents.mu + 1.0, 0).mu).max() < 50
