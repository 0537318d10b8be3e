from __future__ import annotations

import keras
import numpy as np
import pytest
import tensorflow as tf

from midime_engine.musicvae import serving


@pytest.mark.parametrize("fused", [False, True])
def test_one_compilation_serves_every_batch(*, fused: bool) -> None:
    """The open size is traced once."""
    traces = []

    def double(x):
        traces.append(x.shape)
        return keras.ops.multiply(x, 2.0)

    run = serving.compiled(double, [((None, 3), "float32")], fused=fused)
    for n in (1, 4, 2):
        np.testing.assert_array_equal(run(np.ones((n, 3), np.float32)), np.full((n, 3), 2.0))
    assert len(traces) == 1


def test_shapes_outside_the_signature_are_refused() -> None:
    """A mistake is found at the call, not inside the graph."""
    run = serving.compiled(lambda x: x, [((None, 3), "float32")])
    with pytest.raises(TypeError):
        run(np.ones((2, 4), np.float32))


def test_single_precision_is_meant_in_full() -> None:
    """A GPU's shortened products would change tokens."""
    serving.prepare_devices()
    assert not tf.config.experimental.tensor_float_32_execution_enabled()


def test_without_a_gpu_the_device_is_the_cpu() -> None:
    """Tests run on the CPU."""
    assert serving.device_name() == "CPU"
