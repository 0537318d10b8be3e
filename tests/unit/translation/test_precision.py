"""How much each number matters."""

from __future__ import annotations

import numpy as np

from midime_engine.latent.latents import Latents
from midime_engine.translation.pairs import Pairs, Side
from midime_engine.translation.precision import precision


def _pairs(sigma: np.ndarray) -> Pairs:
    n = len(sigma)
    side = Side(Latents(np.zeros_like(sigma), sigma), np.zeros((n, 1), np.float32))
    return Pairs((side, side), np.ones(n, bool), np.zeros(n, np.int32))


def test_what_is_known_twice_as_well_matters_four_times_as_much() -> None:
    """Errors count in standard deviations; the mean weight is one."""
    sigma = np.tile(np.array([1.0, 0.5], np.float32), (4, 1))
    ours, theirs = precision(_pairs(sigma))
    np.testing.assert_allclose(ours, [0.4, 1.6], rtol=1e-5)
    np.testing.assert_array_equal(ours, theirs)


def test_no_number_is_all_that_matters() -> None:
    """A posterior that has collapsed to a point counts as known to a tenth."""
    ours, _ = precision(_pairs(np.tile(np.array([0.1, 0.0], np.float32), (4, 1))))
    np.testing.assert_allclose(ours, [1.0, 1.0])
