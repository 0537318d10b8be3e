from __future__ import annotations

import numpy as np
import pytest
from keras import ops

from midime_engine.musicvae.layers import Block, Dense, Lstm, LstmStack, variables_from


def test_variables_go_by_their_checkpoint_names() -> None:
    """Those of a block and of the blocks in it."""
    outer = Block()
    outer.blocks.extend([Dense("encoder/mu", 3, 2), Lstm("cell_0", 4, 5)])
    assert {name: tuple(v.shape) for name, v in outer.named_variables().items()} == {
        "encoder/mu/kernel": (3, 2),
        "encoder/mu/bias": (2,),
        "cell_0/lstm_cell/kernel": (9, 20),
        "cell_0/lstm_cell/bias": (20,),
    }


def test_dense_is_an_affine_map(rng) -> None:
    """``x @ kernel + bias``."""
    layer, x = Dense("d", 3, 2), rng.standard_normal((4, 3), np.float32)
    kernel, bias = rng.standard_normal((3, 2)), rng.standard_normal(2)
    layer.kernel.assign(kernel)
    layer.bias.assign(bias)
    np.testing.assert_allclose(layer(x), x @ kernel + bias, rtol=1e-5)


def test_kernels_begin_random_unless_they_have_a_source() -> None:
    """A source gives each variable its array by its checkpoint name, only within the block."""
    arrays = {"d/kernel": np.full((3, 2), 5.0, np.float32), "d/bias": np.ones(2, np.float32)}
    with variables_from(arrays.__getitem__):
        layer = Dense("d", 3, 2)
    np.testing.assert_array_equal(layer.kernel.numpy(), arrays["d/kernel"])
    np.testing.assert_array_equal(layer.bias.numpy(), arrays["d/bias"])
    assert len(np.unique(Dense("d", 3, 2).kernel.numpy())) == 6


def test_input_rows_stand_above_recurrent_rows() -> None:
    """Magenta's layout of an LSTM kernel."""
    lstm = Lstm("cell", 2, 3)
    lstm.kernel.assign(np.arange(5)[:, None] * np.ones((5, 12)))
    assert lstm.input_rows().numpy()[:, 0].tolist() == [0, 1]
    assert lstm.input_rows(1).numpy()[:, 0].tolist() == [1]
    assert lstm.recurrent_rows.numpy()[:, 0].tolist() == [2, 3, 4]


def test_projection_takes_the_rows_from_start_on(rng) -> None:
    """Part of an input meets the rows that belong to it."""
    lstm, x = Lstm("cell", 5, 3), rng.standard_normal((4, 2), np.float32)
    np.testing.assert_allclose(
        lstm.project(x, 3), x @ lstm.kernel.numpy()[3:5], rtol=1e-5, atol=1e-6
    )


def test_bfloat16_products_are_near_and_half_as_wide() -> None:
    """Three significant digits, summed in full."""
    low, full = Lstm("cell", 5, 3, "bfloat16"), Lstm("cell", 5, 3)
    full.kernel.assign(low.kernel)
    x = np.linspace(-1, 1, 10, dtype=np.float32).reshape(2, 5)
    assert low.project(x).dtype == "bfloat16"
    np.testing.assert_allclose(ops.cast(low.project(x), "float32"), full.project(x), atol=0.02)


def test_states_are_split_as_magenta_stores_them() -> None:
    """c0, h0, c1, h1; handed on as (h, c)."""
    stack = LstmStack("s", 1, (2, 3))
    flat = np.arange(stack.state_size, dtype=np.float32)[None]
    (h0, c0), (h1, c1) = stack.split_state(flat)
    assert [np.asarray(x)[0].tolist() for x in (c0, h0, c1, h1)] == [
        [0, 1],
        [2, 3],
        [4, 5, 6],
        [7, 8, 9],
    ]


@pytest.mark.parametrize("sizes", [(4,), (4, 3), (2, 5, 3)])
def test_step_by_step_is_what_all_at_once_is(sizes, rng) -> None:
    """The decoder's two ways through a stack agree."""
    stack = LstmStack("s", 6, sizes)
    states = stack.split_state(rng.standard_normal((2, stack.state_size), np.float32))
    gates = rng.standard_normal((7, 2, 4 * sizes[0]), np.float32)
    at_once = stack.sequence(gates, states, ops.zeros((1, 4 * sizes[0])))
    step, tops = stack.stepper(), []
    for gates_t in gates:
        states = step(ops.convert_to_tensor(gates_t), states)
        tops.append(np.asarray(states[-1][0]))
    np.testing.assert_allclose(at_once, np.stack(tops), atol=1e-6)
