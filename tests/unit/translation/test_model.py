"""A translator without Keras."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.errors import CheckpointMismatchError
from midime_engine.translation.model import Translator
from midime_engine.translation.network import decode, dense, encode
from tests.support.translation import toy_config, toy_pairs

CONFIG = toy_config()
TRANSLATOR = Translator.starting(CONFIG, toy_pairs())


@pytest.mark.parametrize("side", [0, 1])
def test_the_arithmetic_is_that_of_the_network(side: int) -> None:
    """Encoder and decoder, to the rounding of float32."""
    x = toy_pairs(9).sides[side].latents.mu
    ours = TRANSLATOR.encode(x, side)
    mu, sigma = encode(TRANSLATOR.weights, x, "ab"[side], CONFIG)
    np.testing.assert_allclose(ours.mu, mu, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(ours.sigma, sigma, rtol=1e-4, atol=1e-5)
    back = decode(TRANSLATOR.weights, mu, "ab"[side], CONFIG)
    np.testing.assert_allclose(TRANSLATOR.decode(ours.mu, side), back, rtol=1e-4, atol=1e-5)


def test_attributes_are_shares_told_by_what_is_shared() -> None:
    """The sigmoid of the linear map; details say nothing of them."""
    z = np.random.default_rng(0).standard_normal((6, CONFIG.latent_size)).astype(np.float32)
    found = TRANSLATOR.attributes(z)
    logits = np.asarray(dense(TRANSLATOR.weights, z[:, : CONFIG.shared_size], "labels"))
    np.testing.assert_allclose(found, 1 / (1 + np.exp(-logits)), rtol=1e-5)
    z[:, CONFIG.shared_size :] += 5.0
    np.testing.assert_array_equal(TRANSLATOR.attributes(z), found)


def test_a_translator_without_labels_tells_no_attributes() -> None:
    """An empty table, not an error."""
    plain = Translator(toy_config(n_labels=0))
    assert plain.attributes(np.zeros((4, 5))).shape == (4, 0)


def test_vectors_of_the_other_side_are_refused() -> None:
    """Six numbers are not nine."""
    with pytest.raises(ValueError, match=r"\[n, 9\]"):
        TRANSLATOR.encode(np.zeros((2, 6)), 1)


@pytest.mark.parametrize("damage", ["missing", "shape", "nan"])
def test_weights_of_another_translator_are_refused(damage: str) -> None:
    """Missing, misshapen or not finite."""
    weights = dict(TRANSLATOR.weights)
    if damage == "missing":
        del weights["labels/bias"]
    elif damage == "shape":
        weights["labels/bias"] = np.zeros(3, np.float32)
    else:
        weights["labels/bias"] = np.full(2, np.nan, np.float32)
    with pytest.raises(CheckpointMismatchError, match="labels/bias"):
        Translator.from_weights(CONFIG, weights)


def test_draws_of_the_prior_are_the_same_for_a_seed() -> None:
    """A longer draw begins with the shorter one."""
    np.testing.assert_array_equal(TRANSLATOR.sample(5, seed=4)[:2], TRANSLATOR.sample(2, seed=4))
