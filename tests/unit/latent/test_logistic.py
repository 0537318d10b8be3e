"""Logits become probabilities, however far out they are."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.latent.logistic import logistic


def test_nothing_known_is_even_odds() -> None:
    """And what is certain is certain."""
    assert logistic(np.array([0.0])) == 0.5
    assert logistic(np.array([-1e4, 1e4])).tolist() == [0.0, 1.0]
    assert logistic(np.float32([-500, 0, 500])).tolist() == [0.0, 0.5, 1.0]
    assert np.allclose(logistic(np.array([1.3])), 1 / (1 + np.exp(-1.3)))


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_the_type_stays(kind: type) -> None:
    """Networks serve in single precision, tastes are worked out in double."""
    assert logistic(np.array([-1.0, 2.0], kind)).dtype == kind
