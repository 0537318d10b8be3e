"""Steps that are computed together are handed out one by one."""

from __future__ import annotations

from itertools import islice
from typing import Any

import numpy as np
import pytest

from midime_engine.errors import TrainingError
from midime_engine.learning.steps import Point, Run, one_by_one, to_arrays
from midime_engine.learning.trainable import Trainable, TrainingState, read_only


def _network() -> Trainable:
    return Trainable(TrainingState(read_only({"w": np.zeros(2, np.float32)})))


class _Counting:
    """Adds one to all weights in each step and tells the number of the step; no network."""

    def __init__(self, breaks_at: int = 0) -> None:
        self.breaks_at = breaks_at
        self.calls: list[tuple[int, int]] = []

    def run(self) -> Run:
        return Run(self._compiled, lambda start, count: (start, count), steps_per_call=4)

    def _compiled(self, state: Any, inputs: tuple[int, int]) -> tuple[Any, Any]:
        start, count = inputs
        self.calls.append(inputs)
        steps = np.arange(start + 1, start + 5, dtype=np.float32)
        told = np.where(steps == self.breaks_at, np.nan, steps)
        moved = [array + np.float32(count) for array in state.parameters]
        return (moved, state.first, state.second), np.stack([told, -told], axis=1)


def test_every_step_is_told_with_its_number() -> None:
    """Counting on where an earlier training stopped; the last call does only what is left."""
    network, counting = _network(), _Counting()
    assert list(one_by_one(network, counting.run(), 6, unit="step")) == [
        (number, [number, -number]) for number in range(1, 7)
    ]
    assert counting.calls == [(0, 4), (4, 2)]
    assert network.state.steps == 6
    assert next(one_by_one(network, counting.run(), 1, unit="step"))[0] == 7
    assert network.weights["w"].tolist() == [7.0, 7.0]


def test_who_stops_within_a_call_has_the_weights_of_that_step() -> None:
    """The steps up to there are done again, but only when somebody looks."""
    network, counting = _network(), _Counting()
    list(islice(one_by_one(network, counting.run(), 8, unit="step"), 6))
    assert counting.calls == [(0, 4), (4, 4)]
    assert network.weights["w"].tolist() == [6.0, 6.0]
    assert network.state.steps == 6
    assert counting.calls == [(0, 4), (4, 4), (4, 2)]


def test_a_loss_that_is_no_number_ends_the_training() -> None:
    """Named by its step, with the weights of the step before."""
    network, counting = _network(), _Counting(breaks_at=3)
    with pytest.raises(TrainingError, match="broke down in epoch 3: the loss is nan") as ended:
        list(one_by_one(network, counting.run(), 8, unit="epoch"))
    assert "learning rate" in ended.value.remedy
    assert network.state.steps == 2


def test_a_point_goes_back_to_the_state_it_came_from() -> None:
    """Moments begin at zero, and nobody can change what comes back."""
    state = TrainingState(read_only({"a": np.ones(2, np.float32)}), steps=3)
    back = Point.of(state).state()
    assert back.steps == 3
    assert back.weights["a"].tolist() == [1.0, 1.0]
    assert back.first is not None
    assert back.first["a"].tolist() == [0.0, 0.0]
    assert not back.weights["a"].flags.writeable


def test_arrays_have_the_names_of_their_places() -> None:
    """As many of one as of the other."""
    tensors = [np.zeros(1, np.float32), np.ones(1, np.float32)]
    assert list(to_arrays(("x", "y"), tensors)) == ["x", "y"]
    with pytest.raises(ValueError, match="zip"):
        to_arrays(("x",), tensors)
