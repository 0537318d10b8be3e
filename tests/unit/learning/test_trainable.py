"""A network is replaced whole, and what is not looked at is not worked out."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.learning.trainable import Trainable, TrainingState, read_only


def _state(value: float) -> TrainingState:
    return TrainingState(read_only({"w": np.full(3, value, np.float32)}))


def test_nobody_can_change_weights_from_outside() -> None:
    """Neither a number nor the set of names."""
    weights = Trainable(_state(1.0)).weights
    with pytest.raises(ValueError, match="read-only"):
        weights["w"][0] = 2.0
    with pytest.raises(TypeError):
        weights["v"] = np.zeros(3, np.float32)  # type: ignore[index]


def test_a_deferred_state_is_worked_out_once_and_only_when_needed() -> None:
    """Until somebody looks, a stopped training costs nothing."""
    network, state, calls = Trainable(_state(1.0)), _state(2.0), []

    def later() -> TrainingState:
        calls.append(1)
        return state

    network.adopt(later)
    assert not calls
    assert network.weights is state.weights
    assert network.state is state
    assert calls == [1]
