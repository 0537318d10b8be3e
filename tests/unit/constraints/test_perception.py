"""The networks in NumPy."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.constraints import network
from midime_engine.constraints.initial import initial_weights
from midime_engine.constraints.perception import perceive, pull_back
from midime_engine.constraints.training import fitted
from tests.support.hills import Hill, plain, quick

WEIGHTS = initial_weights(fitted(quick(layers=(7, 6)), plain(), Hill(n_wishes=2)))
X = np.random.default_rng(0).standard_normal((4, 5)).astype(np.float32)


def test_numpy_and_keras_perceive_the_same() -> None:
    """To rounding."""
    parameters = [array for name, array in WEIGHTS.items() if name.startswith("critic/")]
    ours = perceive(WEIGHTS, "critic", X)
    assert ours.shape == (4, 2)
    assert ours == pytest.approx(np.asarray(network.perceive(parameters, X)), abs=1e-5)


def test_the_gradient_is_that_of_small_steps() -> None:
    """Central differences in double precision."""
    exact = {name: array.astype(np.float64) for name, array in WEIGHTS.items()}
    slopes = np.float32([[1.0, -0.5]] * 4)
    found = pull_back(WEIGHTS, "critic", X, slopes)
    for column in range(5):
        step = np.zeros(5)
        step[column] = 1e-4
        high, low = ((_logits(exact, X + s) * slopes).sum(axis=1) for s in (step, -step))
        assert found[:, column] == pytest.approx((high - low) / 2e-4, abs=2e-3)


def _logits(weights, x):
    h = x.astype(np.float64)
    for layer in range(3):
        h = h @ weights[f"critic/{layer}/kernel"] + weights[f"critic/{layer}/bias"]
        h = np.maximum(h, 0) if layer < 2 else h
    return h
