"""Where one starts, and what is real."""

from __future__ import annotations

import numpy as np
import pytest

from tests.support.hills import Z_SIZE, plain


def test_the_scale_is_the_mean_sigma() -> None:
    """One number per dimension."""
    space = plain()
    assert space.scale == pytest.approx([0.2] * 5 + [1.0], abs=1e-5)
    assert space.z_size == Z_SIZE


def test_what_is_real_lies_as_wide_around_the_pieces_as_their_sigma() -> None:
    """The nearest piece is a sigma or two away, in the dimensions that say something."""
    space = plain()
    real = space.real(500, np.random.default_rng(1))[:, :5]
    nearest = np.linalg.norm(real[:, None] - space.posterior.mu[None, :, :5], axis=2).min(axis=1)
    assert 0.2 < np.median(nearest) < 0.2 * np.sqrt(5) * 1.5


def test_a_quarter_of_the_starts_is_real_and_the_others_are_dreams() -> None:
    """And the same seed draws the same."""
    space = plain()
    starts, dreams = space.starts(400, 3), space.draw(400, 3)
    assert (starts == dreams).all(axis=1).sum() == 300
    assert np.array_equal(starts, space.starts(400, 3))
