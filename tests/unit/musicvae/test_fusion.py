from __future__ import annotations

import numpy as np
import tensorflow as tf
from keras import ops

from midime_engine.musicvae.fusion import fused


def _wave(x, y):
    return ops.tanh(x) * ops.sigmoid(y), x + y


def test_a_fused_function_gives_the_numbers_of_its_operations(rng) -> None:
    """All results, for every shape that comes along."""
    for shape in ((3, 4), (5,)):
        x, y = rng.standard_normal((2, *shape), np.float32)
        for ours, plain in zip(fused(_wave)(x, y), _wave(x, y), strict=True):
            np.testing.assert_allclose(ours, plain, atol=1e-6)


def test_a_fused_function_is_one_operation_of_the_graph_around_it() -> None:
    """Calling it inside a graph must not take it apart again."""
    spec = tf.TensorSpec((3,), "float32")
    graph = tf.function(lambda x: fused(_wave)(x, x)[0]).get_concrete_function(spec).graph
    assert "Tanh" not in {operation.type for operation in graph.get_operations()}
