"""Several updates in one call are the same as one after the other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from keras import ops

from midime_engine.learning.adam import AdamState
from midime_engine.learning.compiled import compile_function
from midime_engine.learning.updates import several_updates

TARGETS = np.array([[1.0, -2.0], [0.5, 3.0], [2.0, 2.0]], np.float32)


def _update(state: AdamState, targets: Any, start: Any, count: Any) -> Any:
    def loss(parameters: list[Any], done: Any) -> tuple[Any, Any]:
        error = ops.sum(ops.square(parameters[0] - ops.take(targets, done, axis=0)))
        return error, ops.stack([error, 2.0 * error])

    return several_updates(
        loss,
        AdamState(*state),
        start=start,
        count=count,
        at_most=3,
        n_terms=2,
        learning_rate=lambda done: 0.1 / (1.0 + ops.cast(done, "float32")),
    )


@pytest.fixture(scope="module")
def update() -> Any:
    """The same, compiled."""
    return compile_function(_update)


def _fresh() -> AdamState:
    zeros = [np.zeros(2, np.float32)]
    return AdamState([np.zeros(2, np.float32)], zeros, list(zeros))


def test_what_is_told_is_from_before_each_update(update: Any) -> None:
    """The first loss is that of the first weights, and rows beyond the count are zero."""
    _, told = update(_fresh(), TARGETS, np.int32(0), np.int32(2))
    told = np.asarray(ops.convert_to_numpy(told))
    assert told.shape == (3, 2)
    assert told[0].tolist() == [5.0, 10.0]
    assert told[1, 0] > 0
    assert told[2].tolist() == [0.0, 0.0]


def test_each_update_has_its_own_rate(update: Any) -> None:
    """The first step of Adam is as long as the rate, the way of the slope."""
    state, _ = update(_fresh(), TARGETS, np.int32(0), np.int32(1))
    moved = np.asarray(ops.convert_to_numpy(AdamState(*state).parameters[0]))
    np.testing.assert_allclose(moved, [0.1, -0.1], rtol=1e-5)


def test_no_update_changes_nothing(update: Any) -> None:
    """As when it is only compiled ahead of time."""
    state, told = update(_fresh(), TARGETS, np.int32(7), np.int32(0))
    for tensors in state:
        assert not np.asarray(ops.convert_to_numpy(tensors[0])).any()
    assert not np.asarray(ops.convert_to_numpy(told)).any()
