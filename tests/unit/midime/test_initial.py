"""First weights."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.initial import initial_weights


def test_kernels_have_the_spread_of_tensorflow_js() -> None:
    """Truncation at two deviations without correction leaves 0.03484 for 256 to 1024."""
    kernel = initial_weights(MidiMeConfig())["encoder/hidden_0/kernel"]
    assert kernel.std() == pytest.approx(0.03484, rel=0.01)
    assert np.abs(kernel).max() <= 2 * np.sqrt(2 / (256 + 1024)) * (1 + 1e-6)
    assert kernel.mean() == pytest.approx(0, abs=3e-4)


def test_names_shapes_and_order_are_those_of_the_config() -> None:
    """Biases start at zero; everything is float32."""
    config = MidiMeConfig(input_size=8, encoder_layers=(5,), decoder_layers=(3,))
    weights = initial_weights(config)
    assert {name: array.shape for name, array in weights.items()} == config.variable_shapes
    assert list(weights) == list(config.variable_shapes)
    assert all(array.dtype == np.float32 for array in weights.values())
    assert not any(array.any() for name, array in weights.items() if name.endswith("bias"))


def test_the_seed_decides() -> None:
    """One seed, one network; another seed, another network."""
    first, again, other = (
        initial_weights(MidiMeConfig(seed=seed))["encoder/mu/kernel"] for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)
