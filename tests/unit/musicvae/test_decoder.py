from __future__ import annotations

import numpy as np
import pytest

from tests.support.networks import random_network, random_tokens

FAMILIES = ["testing", "testing-drums", "testing-trio", "testing-mel_16bar"]


def silence(config) -> list[np.ndarray]:
    """No noise: the likeliest token."""
    return [np.zeros((config.n_steps, 1, depth), np.float32) for depth in config.output_depths]


@pytest.mark.parametrize("name", FAMILIES)
def test_greedy_tokens_are_the_argmax_of_their_own_logits(name: str, rng) -> None:
    """Generating and teacher forcing with what was generated agree at every step."""
    network = random_network(name)
    z = rng.standard_normal((3, network.config.z_size), np.float32)
    tokens = np.asarray(network.decoder.generate(z, silence(network.config)))
    logits = network.decoder.forced(z, tokens)
    best = np.stack([np.argmax(np.asarray(part), axis=-1) for part in logits], axis=-1)
    np.testing.assert_array_equal(tokens, best)
    assert len(np.unique(tokens[..., 0])) > 3


def test_noise_moves_the_choice_at_its_own_step_and_after(rng) -> None:
    """A large bonus for one class at one step wins there; before it nothing changes."""
    network = random_network("testing")
    z = rng.standard_normal((2, 8), np.float32)
    noise = silence(network.config)
    plain = np.asarray(network.decoder.generate(z, noise))
    noise[0][10, 0, 33] = 1e6
    moved = np.asarray(network.decoder.generate(z, noise))
    assert (moved[:, 10, 0] == 33).all()
    np.testing.assert_array_equal(moved[:, :10], plain[:, :10])
    assert not np.array_equal(moved[:, 11:], plain[:, 11:])


def test_a_segment_remembers_only_the_last_token(rng) -> None:
    """In a hierarchical decoder, logits of a segment depend on no earlier token but one."""
    network = random_network("testing-trio")
    z = rng.standard_normal((1, 8), np.float32)
    tokens = random_tokens(network.config, 1, rng)
    other = tokens.copy()
    other[:, :15] = 0  # all of the first segment but its last step
    for found, expected in zip(
        network.decoder.forced(z, other), network.decoder.forced(z, tokens), strict=True
    ):
        np.testing.assert_allclose(np.asarray(found)[:, 16:], np.asarray(expected)[:, 16:])
    other[:, 15] = (other[:, 15] + 1) % 90
    changed = np.asarray(network.decoder.forced(z, other)[0])[:, 16]
    assert not np.allclose(changed, np.asarray(network.decoder.forced(z, tokens)[0])[:, 16])


def test_hidden_tokens_are_not_fed_back(rng) -> None:
    """Where ``keep`` is 0 the decoder cannot tell which token was played."""
    network = random_network("testing")
    z = rng.standard_normal((2, 8), np.float32)
    tokens, other = random_tokens(network.config, 2, rng), random_tokens(network.config, 2, rng)
    hidden = np.zeros((2, 32), np.float32)
    blind = [np.asarray(network.decoder.forced(z, t, hidden)[0]) for t in (tokens, other)]
    np.testing.assert_array_equal(blind[0], blind[1])
    shown = np.asarray(network.decoder.forced(z, tokens, np.ones((2, 32), np.float32))[0])
    np.testing.assert_array_equal(shown, np.asarray(network.decoder.forced(z, tokens)[0]))


@pytest.mark.parametrize("name", FAMILIES)
def test_there_is_one_embedding_per_segment(name: str) -> None:
    """A flat decoder's only embedding is ``z`` itself."""
    network = random_network(name)
    z = np.ones((2, network.config.z_size), np.float32)
    embeddings = np.asarray(network.decoder.embeddings(z)[0])
    assert embeddings.shape[:2] == (network.config.n_segments, 2)
    if not network.config.hierarchical_decoder:
        np.testing.assert_array_equal(embeddings[0], z)
