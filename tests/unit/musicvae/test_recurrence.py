from __future__ import annotations

import numpy as np
import pytest
import tensorflow as tf
from keras import ops

from midime_engine.musicvae.recurrence import (
    BLOCK_STEPS,
    UNROLLED_STEPS,
    lstm_sequence,
    lstm_step,
    scan_steps,
)


@pytest.fixture
def arguments(rng) -> list[np.ndarray]:
    """Projected inputs of six steps, kernel, h0 and c0 for a batch of three and four units."""
    shapes = [(6, 3, 16), (4, 16), (3, 4), (3, 4)]
    return [rng.standard_normal(shape, np.float32) for shape in shapes]


def plain(gates_x, kernel, h, c):
    """The recurrence as automatic differentiation sees it."""
    outputs = []
    for t in range(gates_x.shape[0]):
        h, c = lstm_step(gates_x[t] + ops.matmul(h, kernel), c)
        outputs.append(h)
    return ops.stack(outputs)


def gradients(function, arguments, weights):
    """Of a weighted sum of all outputs, with respect to every argument."""
    variables = [tf.constant(array) for array in arguments]
    with tf.GradientTape() as tape:
        for variable in variables:
            tape.watch(variable)
        loss = tf.reduce_sum(function(*variables) * weights)
    return tape.gradient(loss, variables)


def test_one_step_is_magentas_cell() -> None:
    """Gates i, j, f, o, and 1 added to f: with all gates zero, c falls to sigmoid(1) of itself."""
    h, c = lstm_step(np.zeros((1, 4), np.float32), np.full((1, 1), 2.0, np.float32))
    expected = 2.0 / (1.0 + np.exp(-1.0))
    assert float(c[0, 0]) == pytest.approx(expected, rel=1e-6)
    assert float(h[0, 0]) == pytest.approx(0.5 * np.tanh(expected), rel=1e-6)


@pytest.mark.parametrize("for_training", [True, False])
def test_a_sequence_is_its_steps(arguments, *, for_training: bool) -> None:
    """Unrolled with a gradient by hand, or looped: the numbers of one step after the other."""
    outputs = lstm_sequence(*arguments, for_training=for_training)
    np.testing.assert_allclose(outputs, plain(*arguments), atol=1e-6)


def test_the_gradient_by_hand_is_the_automatic_one(arguments, rng) -> None:
    """With respect to inputs, kernel, h0 and c0."""
    weights = rng.standard_normal((6, 3, 4), np.float32)
    by_hand = gradients(lstm_sequence, arguments, weights)
    automatic = gradients(plain, arguments, weights)
    for ours, theirs in zip(by_hand, automatic, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=2e-5)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("for_training", [True, False])
def test_a_constant_is_part_of_every_gate(arguments, rng, *, rows: int, for_training: bool) -> None:
    """One row for the whole batch or one each; its gradient is the sum over what it touched."""
    constant = rng.standard_normal((rows, 16), np.float32)
    weights = rng.standard_normal((6, 3, 4), np.float32)

    def with_constant(*tensors):
        return lstm_sequence(*tensors, for_training=for_training)

    def added_before(gates_x, kernel, h0, c0, constant):
        return plain(gates_x + constant, kernel, h0, c0)

    np.testing.assert_allclose(
        with_constant(*arguments, constant), added_before(*arguments, constant), atol=1e-6
    )
    ours = gradients(with_constant, [*arguments, constant], weights)[-1]
    automatic = gradients(added_before, [*arguments, constant], weights)[-1]
    np.testing.assert_allclose(ours, automatic, atol=2e-5)


@pytest.mark.parametrize("for_training", [True, False])
def test_the_last_output_alone_has_the_gradient_of_the_last_output(
    arguments, rng, *, for_training: bool
) -> None:
    """Nothing of the other steps is kept, yet what led to the last one is known."""
    weights = rng.standard_normal((3, 4), np.float32)

    def last(*tensors):
        return lstm_sequence(*tensors, for_training=for_training, only_last=True)

    np.testing.assert_allclose(last(*arguments), plain(*arguments)[-1], atol=1e-6)
    ours = gradients(last, arguments, weights)
    automatic = gradients(lambda *tensors: plain(*tensors)[-1], arguments, weights)
    for mine, theirs in zip(ours, automatic, strict=True):
        np.testing.assert_allclose(mine, theirs, atol=2e-5)


def test_the_gradient_of_the_loop_is_the_automatic_one(rng) -> None:
    """Sequences too long to unroll are trained through the backend's loop."""
    steps = UNROLLED_STEPS + BLOCK_STEPS + 1
    shapes = [(steps, 2, 8), (2, 8), (2, 2), (2, 2)]
    arguments = [rng.standard_normal(shape, np.float32) for shape in shapes]
    weights = rng.standard_normal((steps, 2, 2), np.float32)
    looped = gradients(tf.function(lstm_sequence), arguments, weights)
    automatic = gradients(plain, arguments, weights)
    for ours, theirs in zip(looped, automatic, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-4)


def test_the_gradient_is_that_of_the_numbers(arguments) -> None:
    """A small change of one weight changes the sum as its gradient says."""
    kernel = arguments[1]
    ones = np.ones((6, 3, 4), np.float32)
    gradient = np.asarray(gradients(lstm_sequence, arguments, ones)[1])[1, 2]
    around = []
    for change in (1e-2, -1e-2):
        moved = kernel.copy()
        moved[1, 2] += change
        changed = [arguments[0], moved, *arguments[2:]]
        around.append(float(np.sum(np.asarray(lstm_sequence(*changed), np.float64))))
    assert gradient == pytest.approx((around[0] - around[1]) / 2e-2, rel=0.01, abs=1e-3)


def test_bfloat16_products_stay_near(arguments) -> None:
    """Only the products lose digits."""
    low = lstm_sequence(*arguments, matmul_dtype="bfloat16")
    looped = lstm_sequence(*arguments, matmul_dtype="bfloat16", for_training=False)
    full = lstm_sequence(*arguments)
    assert 0 < np.max(np.abs(np.asarray(low) - np.asarray(full))) < 0.05
    np.testing.assert_allclose(low, looped, atol=1e-6)


@pytest.mark.parametrize("n", [1, BLOCK_STEPS, 2 * BLOCK_STEPS, 2 * BLOCK_STEPS + 3, 33])
def test_a_scan_visits_every_step_once_in_order(n: int) -> None:
    """Whatever is left over when the steps are put into blocks."""
    xs = np.arange(1, n + 1, dtype=np.float32)[:, None]
    carry, sums = scan_steps(
        lambda carry, x: (carry[0] + x, carry[1] * 2.0 + x),
        (np.zeros(1, np.float32), np.zeros(1, np.float32)),
        ops.convert_to_tensor(xs),
        n,
        pick=lambda carry: carry[0],
    )
    np.testing.assert_array_equal(sums, np.cumsum(xs, axis=0))
    doubled = 0.0
    for x in xs[:, 0]:
        doubled = doubled * 2.0 + x
    assert float(carry[1][0]) == pytest.approx(doubled)
