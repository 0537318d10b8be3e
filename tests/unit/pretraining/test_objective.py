from __future__ import annotations

import keras
import numpy as np
import pytest

from midime_engine.musicvae import get_config
from midime_engine.pretraining.objective import PretrainingModel, kl_nats, reconstruction_nats
from tests.support.networks import random_arrays, random_tokens
from tests.support.numpy_musicvae import NumpyMusicVAE

CONFIG = get_config("testing")


def test_the_prior_costs_nothing() -> None:
    """A posterior that is the prior has no KL."""
    assert np.asarray(kl_nats(np.zeros((3, 8)), np.ones((3, 8)))).tolist() == [0.0, 0.0, 0.0]


def test_the_kl_is_that_of_the_formula() -> None:
    """(mu² + sigma² - 1) / 2 - ln sigma, summed."""
    kl = float(kl_nats(np.full((1, 2), 3.0), np.full((1, 2), 0.5))[0])
    assert kl == pytest.approx(2 * ((9 + 0.25 - 1) / 2 + np.log(2)))


def test_even_logits_cost_the_logarithm_of_their_number() -> None:
    """Per step and part: a trio's steps cost ln 90 + ln 90 + ln 512."""
    logits = [np.zeros((2, 64, depth), np.float32) for depth in (90, 90, 512)]
    nats = reconstruction_nats(logits, np.ones((2, 64, 3), np.int32))
    np.testing.assert_allclose(nats, 64 * np.log(90.0 * 90.0 * 512.0), rtol=1e-6)


def losses(*, free_bits: float = 0.0, beta: float = 0.5) -> dict[str, float]:
    """The objective once, without randomness, and its terms by a second program."""
    arrays = random_arrays(CONFIG)
    model = PretrainingModel(CONFIG, matmul_dtype="float32", free_bits=free_bits)
    model.network.assign(arrays)
    model.compile(optimizer=keras.optimizers.SGD(0.0), run_eagerly=True)
    model.beta.assign(beta)
    tokens = random_tokens(CONFIG, 4, np.random.default_rng(0))
    keep, noise = np.ones((4, 32), np.float32), np.zeros((4, 8), np.float32)
    logs = model.train_on_batch((tokens, keep, noise), return_dict=True)
    reference = NumpyMusicVAE(arrays, n_steps=32)
    mu, sigma = reference.encode(tokens)
    found = {name: float(value) for name, value in logs.items()}
    kl = np.sum((mu**2 + sigma**2 - 1) / 2 - np.log(sigma), axis=1)
    return found | {
        "expected_r": float(reference.reconstruction_loss(mu, tokens).mean()),
        "expected_kl": float(kl.mean()),
    }


def test_the_loss_is_reconstruction_and_weighted_kl() -> None:
    """And its terms are reported by name."""
    found = losses()
    assert found["reconstruction"] == pytest.approx(found["expected_r"], rel=1e-5)
    assert found["kl"] == pytest.approx(found["expected_kl"], rel=1e-5)
    expected = found["expected_r"] + 0.5 * found["expected_kl"]
    assert found["loss"] == pytest.approx(expected, rel=1e-5)


def test_free_bits_are_taken_from_the_total_kl() -> None:
    """Ten bits cost nothing; the reported KL is the whole."""
    found = losses(free_bits=10.0)
    expected = found["expected_r"] + 0.5 * (found["expected_kl"] - 10.0 * np.log(2.0))
    assert found["loss"] == pytest.approx(expected, rel=1e-5)
    assert found["kl"] == pytest.approx(found["expected_kl"], rel=1e-5)


def test_more_free_bits_than_there_are_cost_nothing() -> None:
    """The KL's share never becomes a reward."""
    found = losses(free_bits=1e6)
    assert found["loss"] == pytest.approx(found["expected_r"], rel=1e-5)


def test_one_step_changes_every_variable() -> None:
    """A gradient reaches the whole network of each family; a conductor's dead input row aside."""
    for name in ("testing", "testing-drums", "testing-trio", "testing-mel_16bar"):
        config = get_config(name)
        model = PretrainingModel(config, matmul_dtype="float32")
        model.network.assign({k: v / 4.0 for k, v in random_arrays(config).items()})
        before = model.network.arrays()
        model.compile(optimizer=keras.optimizers.SGD(0.1), run_eagerly=True)
        model.beta.assign(0.1)
        rng = np.random.default_rng(0)
        noise = rng.standard_normal((3, config.z_size)).astype(np.float32)
        keep = np.ones((3, config.n_steps), np.float32)
        model.train_on_batch((random_tokens(config, 3, rng), keep, noise))
        for variable, array in model.network.arrays().items():
            assert np.isfinite(array).all(), variable
            assert not np.array_equal(array, before[variable]), variable
