"""A model on one side of a translation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from midime_engine.musicvae.config import get_config
from midime_engine.pipelines.bridge import decode, domain_of, encode, repeat, windows
from tests.support.fakes import PerfectModel

MODEL = PerfectModel(n_steps=16)
DOMAIN = replace(domain_of(MODEL.config), n_windows=2)


def _music() -> np.ndarray:
    tokens = np.zeros((2, 32, 1), np.int32)
    tokens[0, 3], tokens[0, 20], tokens[1, 0], tokens[1, 9], tokens[1, 16] = 40, 42, 50, 1, 1
    return tokens


def test_a_model_is_described_by_its_config() -> None:
    """Name, parts, length and size, one window."""
    domain = domain_of(get_config("trio_4bar"))
    assert (domain.model, domain.n_steps, domain.size) == ("trio_4bar", 64, 256)
    assert domain.parts == ("melody", "bass", "drums")


def test_a_note_across_a_cut_is_struck_again() -> None:
    """As everywhere where music is cut; silence stays silence, and drums do not ring on."""
    cut = windows(_music(), 16, parts=("melody",))[:, :, 0]
    assert cut.shape == (4, 16)
    assert cut[1, 0] == 40
    assert cut[3, 0] == 0
    drums = windows(_music(), 16, parts=("drums",))[:, :, 0]
    assert drums[1, 0] == 0


def test_music_survives_the_way_through_joined_windows() -> None:
    """Vectors lie end to end, and so does what they become."""
    music = windows(_music(), 16, parts=("melody",)).reshape(2, 32, 1)
    latents = encode(music, MODEL, DOMAIN)
    assert latents.mu.shape == latents.sigma.shape == (2, 32)
    np.testing.assert_array_equal(decode(latents.mu, MODEL, DOMAIN), music)


def test_with_a_temperature_each_vector_has_dice_of_its_own() -> None:
    """The same seed, the same music, whatever is decoded beside it."""
    x = np.full((2, 32), 40.0, np.float32)
    both = decode(x, MODEL, DOMAIN, temperature=1.0, seeds=[3, 4])
    alone = decode(x[:1], MODEL, DOMAIN, temperature=1.0, seeds=[4])
    np.testing.assert_array_equal(both[1], alone[0])
    assert not np.array_equal(both[0], both[1])


def test_one_window_is_played_as_often_as_it_takes() -> None:
    """A kept melody of two bars against four bars of a trio."""
    np.testing.assert_array_equal(repeat(np.eye(2, 16), DOMAIN), np.tile(np.eye(2, 16), 2))


def test_a_length_that_cannot_be_cut_evenly_is_refused() -> None:
    """A mistake of a programmer."""
    with pytest.raises(ValueError, match="cannot be cut"):
        windows(_music(), 20, parts=("melody",))
