"""Adam as a pure function."""

from __future__ import annotations

import numpy as np
import pytest
from keras import ops

from midime_engine.learning.adam import AdamState, update


def _run(gradients: list[list[float]], learning_rate: float) -> np.ndarray:
    zeros = ops.zeros([len(gradients[0])])
    state = AdamState([zeros], [zeros], [zeros])
    for time, gradient in enumerate(gradients, start=1):
        state = update(
            state,
            [ops.convert_to_tensor(np.float32(gradient))],
            time=ops.convert_to_tensor(np.float32(time)),
            learning_rate=ops.convert_to_tensor(np.float32(learning_rate)),
        )
    return ops.convert_to_numpy(state.parameters[0])


def test_the_first_step_is_the_learning_rate_against_the_sign() -> None:
    """Bias correction makes the first quotient one; epsilon shows where gradients are tiny."""
    expected = [-0.1, 0.1, 0.0, -0.05]
    np.testing.assert_allclose(_run([[3.0, -0.01, 0.0, 1e-7]], 0.1), expected, rtol=1e-4)


def test_later_steps_follow_the_paper() -> None:
    """Three steps of algorithm 1, written out in double precision."""
    gradients, learning_rate = [0.5, -1.0, 0.25], 0.01
    p = m = v = 0.0
    for t, g in enumerate(gradients, start=1):
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        p -= learning_rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-7)
    assert float(_run([[g] for g in gradients], learning_rate)[0]) == pytest.approx(p, rel=1e-4)
