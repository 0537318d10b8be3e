"""The density of the next row is a density, and draws come from it."""

from __future__ import annotations

import numpy as np
import pytest
from keras import ops

from midime_engine.sketches.mixture_density import (
    density_of,
    next_row,
    offset_nats,
    state_nats,
)


def parameters(m: int = 2, n: int = 1) -> np.ndarray:
    """Some, with every part different."""
    rng = np.random.default_rng(3)
    return rng.normal(0.0, 0.7, (n, 6 * m + 3)).astype(np.float32)


def test_the_density_integrates_to_one() -> None:
    """Summed over a fine net of offsets."""
    given = parameters()
    side = np.linspace(-12.0, 12.0, 300)
    x, y = np.meshgrid(side, side)
    rows = np.zeros((x.size, 5), np.float32)
    rows[:, 0], rows[:, 1] = x.ravel(), y.ravel()
    density = density_of(ops.convert_to_tensor(np.repeat(given, len(rows), axis=0)))
    total = np.exp(-np.asarray(offset_nats(density, rows))).sum() * (side[1] - side[0]) ** 2
    assert total == pytest.approx(1.0, abs=0.01)


def test_states_cost_their_cross_entropy() -> None:
    """Minus the logarithm of the softmax."""
    given = parameters()
    logits = given[0, -3:].astype(np.float64)
    expected = -np.log(np.exp(logits) / np.exp(logits).sum())
    rows = np.zeros((3, 5), np.float32)
    rows[:, 2:] = np.eye(3)
    costs = state_nats(density_of(ops.convert_to_tensor(np.repeat(given, 3, axis=0))), rows)
    assert np.asarray(costs).tolist() == pytest.approx(expected.tolist(), abs=1e-5)


def test_without_noise_the_likeliest_is_taken() -> None:
    """The mean of the largest component, and the largest state."""
    given = parameters(m=3)
    density = density_of(ops.convert_to_tensor(given))
    zeros = [np.zeros((1, size), np.float32) for size in (3, 2, 3)]
    offset, state = next_row(density, *zeros)
    best = int(given[0, :3].argmax())
    assert np.asarray(offset)[0].tolist() == pytest.approx([given[0, 3 + best], given[0, 6 + best]])
    assert int(np.asarray(state)[0].argmax()) == int(given[0, -3:].argmax())
    assert float(np.asarray(state).sum()) == 1.0


def test_draws_have_the_moments_of_the_density() -> None:
    """Means, spread and correlation of one component, and the shares of the states."""
    n = 20_000
    given = np.tile(parameters(m=1), (n, 1))
    density = density_of(ops.convert_to_tensor(given))
    rng = np.random.default_rng(0)
    noise = (
        rng.gumbel(size=(n, 1)).astype(np.float32),
        rng.standard_normal((n, 2), np.float32),
        rng.gumbel(size=(n, 3)).astype(np.float32),
    )
    offset, state = (np.asarray(part) for part in next_row(density, *noise))
    assert offset.mean(axis=0) == pytest.approx([given[0, 1], given[0, 2]], abs=0.05)
    assert offset.std(axis=0) == pytest.approx(np.exp(given[0, 3:5]), rel=0.03)
    wanted = float(np.asarray(density.correlation)[0, 0])
    assert np.corrcoef(offset.T)[0, 1] == pytest.approx(wanted, abs=0.03)
    logits = given[0, -3:]
    assert state.mean(axis=0) == pytest.approx(np.exp(logits) / np.exp(logits).sum(), abs=0.02)


def test_widths_have_limits() -> None:
    """However sure a network is, or how little."""
    given = parameters()
    given[0, 6:8], given[0, 8:10] = -100.0, 100.0
    density = density_of(ops.convert_to_tensor(given))
    rows = np.zeros((1, 5), np.float32)
    assert np.isfinite(np.asarray(offset_nats(density, rows))).all()
