"""Ways between windows of a model whose music is known."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from midime_engine.latent.latents import Latents
from midime_engine.pretraining.smoothness import N_STEPS, smoothness
from tests.support.networks import random_tokens, shared_model


class Glide:
    """Codes a window by one pitch; between two codes it plays the pitches between them."""

    config = SimpleNamespace(parts=("melody",))

    def encode_tokens(self, tokens: np.ndarray) -> Latents:
        mu = np.stack([tokens[:, 0, 0] / 10.0, np.ones(len(tokens))], axis=1)
        return Latents(mu, np.ones_like(mu))

    def decode_tokens(self, z: np.ndarray) -> np.ndarray:
        tokens = np.zeros((len(z), 8, 1), np.int32)
        tokens[:, 0, 0] = np.round(10.0 * z[:, 0])
        return tokens


class Jump(Glide):
    """Plays one of two windows, whichever is nearer."""

    def decode_tokens(self, z: np.ndarray) -> np.ndarray:
        tokens = np.zeros((len(z), 8, 1), np.int32)
        tokens[:, 0, 0] = np.where(z[:, 0] > 4.0, 60, 20)
        return tokens


def _windows() -> np.ndarray:
    """Two windows of one long note each."""
    tokens = np.zeros((2, 8, 1), np.int32)
    tokens[:, 0, 0] = [20, 60]
    return tokens


def test_a_jump_in_the_middle_is_seen() -> None:
    """One of the ten steps changes everything that is heard, the others nothing."""
    found = smoothness(Jump(), _windows(), n_pairs=6)
    assert found.heard.mean_step == pytest.approx(1 / N_STEPS)
    assert found.heard.largest_step == 1.0
    assert found.heard.random_pair == 1.0
    assert found.heard.smooth_steps == 1 - 1 / N_STEPS
    assert sum(found.heard.by_step) == pytest.approx(1.0)


class Drone(Glide):
    """Plays one note whatever it is told, as a model does whose latent is empty."""

    def decode_tokens(self, z: np.ndarray) -> np.ndarray:
        tokens = np.zeros((len(z), 8, 1), np.int32)
        tokens[:, 0, 0] = 40
        return tokens


def test_a_model_that_plays_one_thing_is_not_taken_for_a_smooth_one() -> None:
    """All its steps are small, and so is the distance of its ends."""
    drone, jump = (smoothness(model, _windows(), n_pairs=6).heard for model in (Drone(), Jump()))
    assert (drone.smooth_steps, drone.ends) == (1.0, 0.0)
    assert jump.ends == 1.0


def test_tokens_and_ears_measure_differently() -> None:
    """A first note is one token of eight, and is heard for eight steps."""
    found = smoothness(Jump(), _windows(), n_pairs=6)
    assert found.tokens.random_pair == 1 / 8
    assert found.heard.random_pair == 1.0


def test_a_way_that_always_moves_changes_at_every_step() -> None:
    """Each step plays another pitch."""
    found = smoothness(Glide(), _windows(), n_pairs=4)
    assert len(found.heard.by_step) == N_STEPS
    assert min(found.heard.by_step) > 0.0


def test_a_network_is_walked_through(rng) -> None:
    """Every share is one, and the same seed finds the same."""
    model = shared_model("testing")
    tokens = random_tokens(model.config, 9, rng)
    found = smoothness(model, tokens, n_pairs=5)
    assert found == smoothness(model, tokens, n_pairs=5)
    assert 0.0 <= found.tokens.mean_step <= found.tokens.largest_step <= 1.0


def test_one_window_is_no_way() -> None:
    """It has two ends."""
    with pytest.raises(ValueError, match="two ends"):
        smoothness(Glide(), _windows()[:1])
