from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import tensorflow as tf
from keras import ops

from midime_engine.converters.tokens import drum_roll
from midime_engine.musicvae import get_config
from midime_engine.musicvae.tokens import (
    encoder_gates,
    encoder_inputs,
    gather_rows,
    one_hot_gradient_gather,
)
from tests.support.networks import random_tokens


def test_a_gather_is_a_product_with_one_hot_tokens(rng) -> None:
    """The same numbers, without the product."""
    rows, tokens = rng.standard_normal((5, 3), np.float32), np.array([[4, 0], [2, 2]], np.int32)
    expected = np.eye(5, dtype=np.float32)[tokens] @ rows
    np.testing.assert_array_equal(gather_rows(rows, tokens), expected)
    np.testing.assert_array_equal(one_hot_gradient_gather(rows, tokens), expected)


def test_its_gradient_is_that_of_the_gather(rng) -> None:
    """Rows that are chosen often collect often, those never chosen not at all."""
    rows = tf.constant(rng.standard_normal((5, 3), np.float32))
    tokens = np.array([[4, 0], [2, 2]], np.int32)
    weights = rng.standard_normal((2, 2, 3), np.float32)
    found = []
    for gather in (one_hot_gradient_gather, gather_rows):
        with tf.GradientTape() as tape:
            tape.watch(rows)
            loss = tf.reduce_sum(gather(rows, tokens) * weights)
        found.append(tf.convert_to_tensor(tape.gradient(loss, rows)).numpy())
    np.testing.assert_allclose(found[0], found[1], atol=1e-6)
    assert not found[0][1].any()


def test_a_trio_reads_the_sum_of_one_row_per_part(rng) -> None:
    """Melody, bass and drums own consecutive rows."""
    config = get_config("testing-trio")
    tokens = random_tokens(config, 2, rng)
    rows, bias = rng.standard_normal((692, 4), np.float32), rng.standard_normal(4, np.float32)
    melody, bass, drums = np.moveaxis(tokens, (2, 1), (0, 1))  # [steps, b] each
    expected = rows[melody] + rows[90 + bass] + rows[180 + drums] + bias
    gates = encoder_gates(
        encoder_inputs(tokens, config),
        ops.convert_to_tensor(rows),
        ops.convert_to_tensor(bias),
        config,
    )
    np.testing.assert_allclose(gates, expected, atol=1e-5)


def test_drums_are_read_as_the_roll_that_the_converters_make(rng) -> None:
    """Nine bits and the "none" bit, all masks from 0 to 511."""
    config = get_config("testing-drums")
    tokens = np.arange(512, dtype=np.int32).reshape(16, 32, 1)
    rows, bias = rng.standard_normal((10, 4), np.float32), rng.standard_normal(4, np.float32)
    gates = encoder_gates(
        encoder_inputs(tokens, config),
        ops.convert_to_tensor(rows),
        ops.convert_to_tensor(bias),
        config,
    )
    np.testing.assert_allclose(gates, drum_roll(tokens[..., 0].T) @ rows + bias, atol=1e-5)


@pytest.mark.parametrize(
    ("masks", "bits"), [([5, 0, 0, 7], [1, 1, 0, 0]), ([0, 5, 7, 0], [0, 0, 1, 0])]
)
def test_magenta_js_says_none_one_step_early(masks: list[int], bits: list[int]) -> None:
    """Its bit for step t stands at t - 1; that of the first step is lost, the last has none."""
    config = replace(get_config("testing-drums"), none_bit_early=True)
    tokens = np.array(masks, np.int32).reshape(1, 4, 1)
    none_row = np.eye(10, 1, k=-9, dtype=np.float32)
    gates = encoder_gates(
        encoder_inputs(tokens, config), ops.convert_to_tensor(none_row), ops.zeros(1), config
    )
    assert np.asarray(gates)[:, 0, 0].astype(int).tolist() == bits
