"""The trained object: plain arrays and arithmetic."""

from __future__ import annotations

import numpy as np
import pytest
from keras import ops

from midime_engine.errors import CheckpointMismatchError
from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.model import MidiMe
from midime_engine.midime.network import Network

_SMALL = MidiMeConfig(input_size=8, latent_size=2, encoder_layers=(6, 5), decoder_layers=(5, 6))


def test_the_arithmetic_is_that_of_the_keras_network() -> None:
    """Encode and decode in NumPy agree with Keras to 1e-5 at the default size."""
    config = MidiMeConfig(seed=3)
    midime, network = MidiMe(config), Network(config)
    rng = np.random.default_rng(0)
    for name, variable in network.named_variables().items():
        # Biases are zero at first; give them something to be forgotten.
        noise = rng.standard_normal(variable.shape, np.float32) * 0.1
        variable.assign(midime.weights[name] + noise)
    kept = {n: ops.convert_to_numpy(v.value) for n, v in network.named_variables().items()}
    midime = MidiMe.from_weights(config, kept)
    z = rng.standard_normal([7, 256], np.float32)
    z_hat, mu, sigma = network(ops.convert_to_tensor(z), ops.zeros([7, 4]))
    latents = midime.encode(z)
    np.testing.assert_allclose(latents.mu, ops.convert_to_numpy(mu), rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(latents.sigma, ops.convert_to_numpy(sigma), rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(
        midime.reconstruct(z), ops.convert_to_numpy(z_hat), rtol=1e-5, atol=1e-5
    )


def test_encoding_is_deterministic() -> None:
    """Two calls give one answer; noise is drawn only on request."""
    z = np.random.default_rng(0).standard_normal([3, 8])
    midime = MidiMe(_SMALL)
    np.testing.assert_array_equal(midime.encode(z).mu, midime.encode(z).mu)


def test_sigma_never_reaches_zero() -> None:
    """Where softplus underflows, the floor remains."""
    weights = {name: np.zeros(shape) for name, shape in _SMALL.variable_shapes.items()}
    weights["encoder/sigma/bias"] = np.full(2, -1e4)
    sigma = MidiMe.from_weights(_SMALL, weights).encode(np.zeros([1, 8])).sigma
    np.testing.assert_allclose(sigma, _SMALL.sigma_floor)


def test_samples_repeat_with_their_seed_and_grow_at_the_end() -> None:
    """The first of eight samples is the first of one."""
    midime = MidiMe(_SMALL)
    eight = midime.sample(8, seed=5)
    assert eight.shape == (8, 2)
    assert eight.dtype == np.float32
    np.testing.assert_array_equal(midime.sample(3, seed=5), eight[:3])
    assert not np.array_equal(midime.sample(8, seed=6), eight)
    draws = midime.sample(20_000, seed=0)
    assert (draws.mean(), draws.std()) == pytest.approx((0.0, 1.0), abs=0.02)


def test_weights_make_the_same_midime_again() -> None:
    """Config and arrays are all there is; the arrays are copied and cannot be changed."""
    midime = MidiMe(_SMALL)
    kept = {name: array.copy() for name, array in midime.weights.items()}
    again = MidiMe.from_weights(_SMALL, kept)
    kept["decoder/output/bias"][:] = 9
    z = np.ones([1, 8])
    np.testing.assert_array_equal(again.reconstruct(z), midime.reconstruct(z))
    with pytest.raises(ValueError, match="read-only"):
        again.weights["decoder/output/bias"][:] = 1


def test_weights_that_do_not_fit_are_named() -> None:
    """Missing, extra, misshapen and broken variables are told apart."""
    weights = dict(MidiMe(_SMALL).weights)
    del weights["encoder/mu/bias"]
    weights["encoder/nu/bias"] = np.zeros(2, np.float32)
    weights["decoder/output/bias"] = np.zeros(3, np.float32)
    weights["encoder/sigma/bias"] = np.array([0, np.nan], np.float32)
    with pytest.raises(
        CheckpointMismatchError,
        match=r"missing \['encoder/mu/bias'\]; unexpected \['encoder/nu/bias'\]; "
        r"other shape \['decoder/output/bias'\]; not finite \['encoder/sigma/bias'\]",
    ):
        MidiMe.from_weights(_SMALL, weights)


@pytest.mark.parametrize("shape", [(8,), (2, 7), (1, 2, 8)])
def test_vectors_of_another_shape_are_a_programming_mistake(shape: tuple[int, ...]) -> None:
    """The message shows both shapes."""
    with pytest.raises(ValueError, match=r"Expected vectors \[n, 8\]; got shape"):
        MidiMe(_SMALL).encode(np.zeros(shape))
