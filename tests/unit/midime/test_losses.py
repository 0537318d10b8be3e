"""What a MidiMe minimises."""

from __future__ import annotations

import numpy as np
import pytest
from keras import ops

from midime_engine.midime.losses import vae_loss


def test_loss_is_zero_for_a_perfect_standard_normal() -> None:
    """Perfect reconstruction with the prior as posterior costs nothing."""
    z, mu, sigma = ops.ones([3, 8]), ops.zeros([3, 2]), ops.ones([3, 2])
    assert float(vae_loss(z, z, mu, sigma, beta=1.0, mask=ops.ones([3])).total) == 0.0


def test_terms_are_sums_over_a_vector_and_means_over_chunks() -> None:
    """Two chunks, worked out by hand."""
    z, z_hat = np.array([[1.0, 2.0], [0.0, 0.0]]), np.array([[0.0, 0.0], [3.0, 0.0]])
    mu, sigma = np.array([[2.0], [0.0]]), np.array([[1.0], [np.e]])
    tensors = [ops.convert_to_tensor(a.astype("float32")) for a in (z, z_hat, mu, sigma)]
    loss = vae_loss(*tensors, beta=2.0, mask=ops.ones([2]))
    reconstruction = ((1 + 4) / 2 + 9 / 2) / 2
    kl = (4 / 2 + ((np.e**2 - 1) / 2 - 1)) / 2
    assert float(loss.reconstruction) == pytest.approx(reconstruction)
    assert float(loss.kl) == pytest.approx(kl)
    assert float(loss.total) == pytest.approx(reconstruction + 2 * kl)


def test_a_masked_row_counts_for_nothing() -> None:
    """Neither its values nor its presence change any term."""
    rng = np.random.default_rng(0)
    z, z_hat, mu = (rng.standard_normal([3, 4], np.float32) for _ in range(3))
    sigma = np.exp(rng.standard_normal([3, 4], np.float32))
    whole = vae_loss(
        *map(ops.convert_to_tensor, (z, z_hat, mu, sigma)), beta=1.0, mask=ops.ones([3])
    )
    padded = [np.vstack([a, np.full([2, 4], 7.0, np.float32)]) for a in (z, z_hat, mu, sigma)]
    mask = ops.convert_to_tensor(np.float32([1, 1, 1, 0, 0]))
    masked = vae_loss(*map(ops.convert_to_tensor, padded), beta=1.0, mask=mask)
    for expected, found in zip(whole, masked, strict=True):
        assert float(found) == pytest.approx(float(expected), rel=1e-6)
