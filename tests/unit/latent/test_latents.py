"""Posteriors as plain arrays."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.latent.latents import Latents


def test_keeps_float32_and_says_its_sizes() -> None:
    """Whatever comes in is kept as float32 ``[n, z_size]``."""
    latents = Latents(mu=np.zeros([3, 5]), sigma=np.ones([3, 5]))
    assert latents.mu.dtype == latents.sigma.dtype == np.float32
    assert (len(latents), latents.z_size) == (3, 5)


@pytest.mark.parametrize(
    ("mu", "sigma"),
    [(np.zeros(5), np.ones(5)), (np.zeros([3, 5]), np.ones([3, 4])), (np.zeros([1, 2, 3]),) * 2],
)
def test_refuses_shapes_that_do_not_fit(mu: np.ndarray, sigma: np.ndarray) -> None:
    """The message shows both shapes."""
    with pytest.raises(ValueError, match=r"must both be \[n, z_size\]; got \("):
        Latents(mu=mu, sigma=sigma)


def test_refuses_a_negative_sigma_but_not_zero() -> None:
    """A standard deviation may vanish, but not change its sign."""
    with pytest.raises(ValueError, match=r"minimum is -0\.5"):
        Latents(mu=np.zeros([1, 2]), sigma=np.array([[1.0, -0.5]]))
    assert Latents(mu=np.zeros([1, 2]), sigma=np.zeros([1, 2])).sigma.max() == 0


def test_sample_has_the_stated_mean_and_deviation() -> None:
    """Draws follow ``N(mu, sigma^2)`` and repeat with the generator's seed."""
    latents = Latents(mu=np.full([20_000, 1], 3.0), sigma=np.full([20_000, 1], 0.5))
    draws = latents.sample(np.random.default_rng(0))
    assert draws.dtype == np.float32
    assert draws.mean() == pytest.approx(3.0, abs=0.02)
    assert draws.std() == pytest.approx(0.5, abs=0.02)
    np.testing.assert_array_equal(draws, latents.sample(np.random.default_rng(0)))


def test_no_windows_is_a_valid_posterior() -> None:
    """An empty batch stays an empty batch."""
    latents = Latents(mu=np.zeros([0, 8]), sigma=np.zeros([0, 8]))
    assert latents.sample(np.random.default_rng(0)).shape == (0, 8)


def test_a_posterior_that_is_the_prior_costs_nothing() -> None:
    """In any dimension."""
    assert Latents(np.zeros((2, 3)), np.ones((2, 3))).kl().tolist() == [[0.0] * 3] * 2


def test_kl_is_that_of_diagonal_gaussians() -> None:
    """Moving the mean by 2 costs 2 nats; halving sigma costs ln 2 - 3/8."""
    found = Latents([[2.0, 0.0]], [[1.0, 0.5]]).kl()
    np.testing.assert_allclose(found, [[2.0, np.log(2.0) - 0.375]], rtol=1e-6)


def test_kl_is_finite_where_sigma_has_underflowed() -> None:
    """And says that such a dimension is very sure."""
    found = Latents([[0.0]], [[0.0]]).kl()
    assert 80.0 < float(found[0, 0]) < 100.0
