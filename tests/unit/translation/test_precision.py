"""How much each number matters."""

from __future__ import annotations

import numpy as np

from midime_engine.latent.latents import Latents
from midime_engine.translation.pairs import Pairs, Side
from midime_engine.translation.precision import precision


def _pairs(*sides: tuple[np.ndarray, np.ndarray]) -> Pairs:
    n = len(sides[0][0])
    first, second = (Side(Latents(mu, sigma), np.zeros((n, 1), np.float32)) for mu, sigma in sides)
    return Pairs((first, second), np.ones(n, bool), np.zeros(n, np.int32))


def _rows(*numbers: float) -> np.ndarray:
    return np.tile(np.array(numbers, np.float32), (4, 1))


def test_what_is_known_twice_as_well_matters_four_times_as_much() -> None:
    """Errors count in standard deviations; losing everything costs one."""
    side = (_rows(0.0, 0.0), _rows(1.0, 0.5))
    ours, theirs = precision(_pairs(side, side))
    np.testing.assert_allclose(ours, [1.0, 4.0], rtol=1e-5)
    np.testing.assert_array_equal(ours, theirs)


def test_no_number_is_all_that_matters() -> None:
    """A posterior that has collapsed to a point counts as known to a tenth."""
    side = (_rows(1.0, 1.0), _rows(0.1, 0.0))
    ours, _ = precision(_pairs(side, side))
    np.testing.assert_allclose(ours, [1.0, 1.0], rtol=0.01)


def test_small_vectors_are_not_neglected() -> None:
    """A tenth of the size, and the same error as a share of it costs as much."""
    mu, sigma = _rows(1.0, -0.5), _rows(0.4, 0.8)
    large, small = precision(_pairs((mu, sigma), (mu / 10, sigma / 10)))
    np.testing.assert_allclose(small, 100.0 * large, rtol=1e-4)


def test_vectors_that_are_nothing_weigh_something_finite() -> None:
    """A song may hold one bar only, and a model may be sure of it."""
    side = (_rows(0.0, 0.0), _rows(0.0, 0.0))
    ours, _ = precision(_pairs(side, side))
    assert np.isfinite(ours).all()
