from __future__ import annotations

import numpy as np

from midime_engine.latent.latents import Latents
from midime_engine.musicvae import get_config
from midime_engine.pretraining.batches import transposed
from midime_engine.pretraining.heard import hear
from tests.support.networks import random_tokens

TRIO = get_config("testing-stacked-trio")


def encode(tokens: np.ndarray) -> Latents:
    """Six numbers that tell any two segments apart."""
    weights = np.random.default_rng(1).standard_normal((32, 6)) / 2560
    mu = (tokens[:, :, 0] @ weights).astype(np.float32)
    return Latents(mu, np.exp(mu).astype(np.float32))


def windows() -> np.ndarray:
    """Four windows, the last of which repeats the first."""
    tokens = random_tokens(TRIO, 4, np.random.default_rng(0)) % 80
    tokens[3] = tokens[0]
    return tokens


def test_every_segment_is_found_in_every_transposition() -> None:
    """``batch`` gives what encoding the segment itself would have given."""
    tokens = windows()
    heard = hear(tokens, TRIO, {"pitched": encode, "drums": encode}, (0, 3))
    for shift, move in enumerate((0, 3)):
        mu, sigma = heard.batch(shift, np.array([2, 0]))
        assert mu.shape == sigma.shape == (2, 2, 18)
        for column, row in enumerate((2, 0)):
            moved = transposed(tokens[row : row + 1], move, TRIO.parts)
            for segment in range(2):
                cut = moved[:, 32 * segment : 32 * (segment + 1)]
                wanted = [encode(cut[:, :, [part]]) for part in range(3)]
                expected = np.concatenate([latents.mu[0] for latents in wanted])
                np.testing.assert_allclose(mu[segment, column], expected, rtol=2e-3, atol=2e-3)
                expected = np.concatenate([latents.sigma[0] for latents in wanted])
                np.testing.assert_allclose(sigma[segment, column], expected, rtol=2e-3, atol=2e-3)


def test_what_occurs_twice_is_encoded_once() -> None:
    """Three different windows of two segments: six of drums, twelve of pitches, moved twice."""
    heard = hear(windows(), TRIO, {"pitched": encode, "drums": encode}, (0, 3))
    assert len(heard.mu) == 6 + 2 * 12
    np.testing.assert_array_equal(heard.places[:, 0], heard.places[:, 3])
    np.testing.assert_array_equal(heard.places[0, :, :, 2], heard.places[1, :, :, 2])


def test_a_window_moves_as_far_as_its_range_allows() -> None:
    """Drums never, holds and rests never, pitches together."""
    tokens = np.zeros((1, 64, 3), np.int32)
    tokens[0, 0] = 88, 10, 7
    tokens[0, 1] = 1, 0, 3
    moved = transposed(tokens, 5, TRIO.parts)
    assert moved[0, 0].tolist() == [89, 11, 7]
    assert moved[0, 1].tolist() == [1, 0, 3]
