"""How likely a place is, by hand and by counting draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from midime_engine.latent.latents import Latents
from midime_engine.latent.likelihood import density, terrain
from midime_engine.latent.projection import Pca

WINDOW = (-5.0, 5.0)


def test_without_a_song_it_is_the_prior() -> None:
    """The standard normal of the plane, whichever way the plane lies through the origin."""
    rng = np.random.default_rng(0)
    axes = np.linalg.qr(rng.standard_normal((4, 2)))[0].T.astype(np.float32)
    plane = Pca(np.zeros(4, np.float32), axes, np.zeros(2, np.float32))
    found = density([[0.0, 0.0], [1.0, 2.0]], plane, None)
    np.testing.assert_allclose(found, np.exp([0.0, -2.5]) / (2 * np.pi), rtol=1e-5)


def test_the_prior_is_seen_where_it_lies_on_a_plane_with_another_origin() -> None:
    """A map of a song has the middle of the song in its middle."""
    plane = replace(Pca.axes(3), mean=np.array([2.0, 0.0, 1.0], np.float32))
    found = density([[-2.0, 0.0], [0.0, 0.0]], plane, None)
    assert found[0] == pytest.approx(1 / (2 * np.pi))
    assert found[1] < found[0]


def test_each_chunk_makes_its_surroundings_likely() -> None:
    """As wide as it is unsure; a posterior without any width is a needle that is still seen."""
    posterior = Latents(mu=[[3.0, 0.0, 0.0], [-3.0, 0.0, 0.0]], sigma=[[0.0] * 3, [1.0] * 3])
    sure, unsure, nowhere = density([[3, 0], [-3, 0], [0, 4.9]], Pca.axes(3), posterior)
    assert sure > unsure > nowhere
    assert np.isfinite(sure)


def test_the_mass_is_the_share_of_draws_in_likelier_places() -> None:
    """Half of all that the model may play lies within the contour at a half."""
    rng = np.random.default_rng(1)
    posterior = Latents(mu=[[2.0, 1.0, 0.0]], sigma=[[0.5, 0.4, 1.0]])
    plane = Pca.axes(3)
    seen = terrain(plane, posterior, x_range=WINDOW, y_range=WINDOW, n=101)
    prior = rng.standard_normal((4000, 3))
    chunks = posterior.mu + posterior.sigma * rng.standard_normal((4000, 3))
    places = plane.transform(np.concatenate([prior, chunks]).astype(np.float32))
    columns = np.clip(np.searchsorted(seen.x, places[:, 0]), 0, 100)
    rows = np.clip(np.searchsorted(seen.y, places[:, 1]), 0, 100)
    for share in (0.5, 0.8, 0.95):
        assert (seen.mass[rows, columns] < share).mean() == pytest.approx(share, abs=0.03)


def test_the_grid_is_as_asked() -> None:
    """Ascending, rows upwards, the likeliest place 0."""
    seen = terrain(Pca.axes(2), None, x_range=(-1.0, 3.0), y_range=(-2.0, 0.0), n=21)
    assert (seen.x[0], seen.x[-1], seen.y[0], seen.y[-1]) == (-1.0, 3.0, -2.0, 0.0)
    assert seen.mass.shape == (21, 21)
    assert seen.mass.min() == 0.0
    assert seen.mass[-1, 5] < seen.mass[0, 5], "the middle lies above"
