"""A density fitted to clouds whose shape is known."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.latent.mixture import Mixture


def _two_clouds(rng: np.random.Generator, n: int = 3000) -> np.ndarray:
    """Two thirds around (3, 0), one third around (-3, 1), correlated; the third is noise."""
    z = rng.standard_normal((n, 3)).astype(np.float32)
    z[:, 1] = 0.8 * z[:, 0] + 0.6 * z[:, 1]
    z[:, :2] += np.where(rng.random(n)[:, None] < 2 / 3, [3.0, 0.0], [-3.0, 1.0])
    return z


def test_clouds_are_found(rng) -> None:
    """Their shares, their centres and how their dimensions go together."""
    mixture = Mixture.fit(_two_clouds(rng), dimensions=[0, 1], n_components=2)
    order = np.argsort(-mixture.weights)
    assert mixture.weights[order] == pytest.approx([2 / 3, 1 / 3], abs=0.03)
    np.testing.assert_allclose(mixture.means[order], [[3, 0], [-3, 1]], atol=0.15)
    covariance = mixture.factors[order[0]] @ mixture.factors[order[0]].T
    np.testing.assert_allclose(covariance, [[1, 0.8], [0.8, 1]], atol=0.1)


def test_samples_lie_where_the_vectors_lay(rng) -> None:
    """Same mean and covariance, also across the clouds."""
    z = _two_clouds(rng)
    drawn = Mixture.fit(z, dimensions=[0, 1], n_components=2).sample(4000)
    np.testing.assert_allclose(drawn.mean(axis=0), z.mean(axis=0), atol=0.2)
    np.testing.assert_allclose(np.cov(drawn.T), np.cov(z.T), atol=0.4)


def test_other_dimensions_stay_standard_normal(rng) -> None:
    """Whatever the vectors held there."""
    z = _two_clouds(rng)
    z[:, 2] = 50.0
    drawn = Mixture.fit(z, dimensions=[0, 1], n_components=2).sample(4000)
    assert abs(float(drawn[:, 2].mean())) < 0.1
    assert float(drawn[:, 2].std()) == pytest.approx(1.0, abs=0.05)


def test_the_same_seed_gives_the_same_samples(rng) -> None:
    """And the first do not depend on how many follow."""
    mixture = Mixture.fit(_two_clouds(rng, 300), dimensions=[0, 1], n_components=3)
    np.testing.assert_array_equal(mixture.sample(3, seed=5), mixture.sample(40, seed=5)[:3])
    assert not np.array_equal(mixture.sample(3, seed=5), mixture.sample(3, seed=6))


def test_few_vectors_get_few_components(rng) -> None:
    """Sixteen components of ten vectors would be the vectors themselves."""
    mixture = Mixture.fit(rng.standard_normal((10, 4)), dimensions=[0, 1], n_components=16)
    assert len(mixture.weights) == 2


def test_one_dimension_and_none_are_dimensions_too(rng) -> None:
    """A model that has learnt one thing, and one that has learnt nothing."""
    z = rng.standard_normal((100, 3)) * [5.0, 1.0, 1.0]
    assert Mixture.fit(z, dimensions=[0]).sample(2000)[:, 0].std() == pytest.approx(5.0, rel=0.3)
    assert Mixture.fit(z, dimensions=[]).sample(7).shape == (7, 3)


@pytest.mark.parametrize("z", [np.zeros(3), np.zeros((1, 3)), np.full((5, 3), np.nan)])
def test_nothing_can_be_fitted_to_no_cloud(z: np.ndarray) -> None:
    """No matrix, a single row, numbers that are none."""
    with pytest.raises(ValueError, match="finite"):
        Mixture.fit(z, dimensions=[0])


def test_parameters_must_fit_each_other() -> None:
    """A damaged file is caught before a sample is drawn."""
    ones = np.ones(1, np.float32)
    with pytest.raises(ValueError, match="do not fit"):
        Mixture(4, np.array([0, 1]), ones, np.zeros((1, 3), np.float32), np.zeros((1, 2, 2)))
    with pytest.raises(ValueError, match=r"0\.\.3"):
        Mixture(4, np.array([4]), ones, np.zeros((1, 1), np.float32), np.ones((1, 1, 1)))
