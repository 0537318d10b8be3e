"""What the map between a latent space and a plane promises."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.latent.projection import Pca


def test_the_first_direction_is_the_widest(rng: np.random.Generator) -> None:
    """Points along a line are explained by that line alone."""
    direction = np.array([3.0, 0.0, 4.0], np.float32) / 5
    z = (rng.standard_normal((50, 1)) * direction).astype(np.float32)
    pca = Pca.fit(z)
    np.testing.assert_allclose(pca.components[0], direction, atol=1e-5)
    np.testing.assert_allclose(pca.explained, [1.0, 0.0], atol=1e-6)


def test_inverse_undoes_transform_in_the_plane(rng: np.random.Generator) -> None:
    """What lies in the plane of the map comes back exactly."""
    pca = Pca.fit(rng.standard_normal((20, 16)).astype(np.float32))
    places = rng.standard_normal((7, 2)).astype(np.float32)
    np.testing.assert_allclose(pca.transform(pca.inverse(places)), places, atol=1e-5)


def test_all_components_lose_nothing(rng: np.random.Generator) -> None:
    """With as many components as dimensions the map is a rotation."""
    z = rng.standard_normal((20, 5)).astype(np.float32)
    pca = Pca.fit(z, 5)
    np.testing.assert_allclose(pca.inverse(pca.transform(z)), z, atol=1e-5)
    assert pca.explained.sum() == pytest.approx(1.0)


def test_components_are_orthonormal_and_float32(rng: np.random.Generator) -> None:
    """Distances on the map are distances in the space."""
    pca = Pca.fit(rng.standard_normal((9, 256)).astype(np.float32), 3)
    np.testing.assert_allclose(pca.components @ pca.components.T, np.eye(3), atol=1e-5)
    assert {pca.mean.dtype, pca.components.dtype, pca.explained.dtype} == {np.dtype(np.float32)}
    assert pca.transform(pca.mean).dtype == np.float32


def test_the_map_does_not_flip_when_the_points_do(rng: np.random.Generator) -> None:
    """Signs are fixed by rule: mirrored points have the same directions."""
    z = rng.standard_normal((30, 8)).astype(np.float32)
    np.testing.assert_allclose(Pca.fit(z).components, Pca.fit(-z).components, atol=1e-5)
    largest = np.max(Pca.fit(z).components, axis=1)
    assert np.all(largest == np.max(np.abs(Pca.fit(z).components), axis=1))


@pytest.mark.parametrize("n", [1, 2])
def test_one_or_two_points_can_be_mapped(n: int, rng: np.random.Generator) -> None:
    """A song of one chunk has a map, too, and its point comes back."""
    z = rng.standard_normal((n, 256)).astype(np.float32)
    pca = Pca.fit(z)
    assert pca.transform(z).shape == (n, 2)
    np.testing.assert_allclose(pca.inverse(pca.transform(z)), z, atol=1e-5)
    np.testing.assert_allclose(pca.components @ pca.components.T, np.eye(2), atol=1e-5)
    assert np.isfinite(pca.explained).all()


def test_equal_points_fall_on_the_origin() -> None:
    """Nothing is divided by a spread of zero."""
    pca = Pca.fit(np.ones((4, 3), np.float32))
    assert not pca.transform(np.ones((4, 3), np.float32)).any()
    assert not pca.explained.any()


@pytest.mark.parametrize(
    ("z", "n_components"),
    [
        (np.zeros((0, 4)), 2),
        (np.zeros(4), 2),
        (np.full((2, 4), np.nan), 2),
        (np.zeros((2, 4)), 0),
        (np.zeros((2, 4)), 5),
    ],
)
def test_senseless_input_is_refused(z: np.ndarray, n_components: int) -> None:
    """Nothing to fit, or more directions than there are, is a mistake of the caller."""
    with pytest.raises(ValueError, match=r"z must be|n_components"):
        Pca.fit(z.astype(np.float32), n_components)


def test_parts_that_do_not_fit_are_refused() -> None:
    """A map read from a file checks itself."""
    with pytest.raises(ValueError, match="do not fit"):
        Pca(np.zeros(3, np.float32), np.zeros((2, 4), np.float32), np.zeros(2, np.float32))


def test_axes_are_a_map_without_a_cloud() -> None:
    """The first two numbers are the place, and the others are zero on the way back."""
    plane = Pca.axes(4)
    np.testing.assert_array_equal(plane.transform(np.array([1, 2, 3, 4], np.float32)), [1, 2])
    np.testing.assert_array_equal(plane.inverse(np.array([1, 2], np.float32)), [1, 2, 0, 0])
    with pytest.raises(ValueError, match="n_components"):
        Pca.axes(1)
