from __future__ import annotations

from dataclasses import replace

import pytest

from midime_engine.errors import UnknownModelError
from midime_engine.musicvae import MusicVAEConfig, configs, get_config


def test_the_default_model_has_the_shapes_of_magentas_small_melody_model() -> None:
    """One bidirectional layer of 512, two decoder layers of 256, 256 latent numbers."""
    config = get_config("mel_2bar")
    assert (config.enc_rnn_size, config.dec_rnn_size, config.z_size) == ((512,), (256, 256), 256)
    assert (config.n_steps, config.n_bars, config.output_depths) == (32, 2, (90,))


@pytest.mark.parametrize("name", configs())
def test_every_registered_config_goes_by_its_own_name(name: str) -> None:
    """And its depths fit its parts."""
    config = get_config(name)
    assert config.name == name
    assert len(config.output_depths) == len(config.parts)


def test_drums_are_read_as_bits_and_written_as_classes() -> None:
    """Ten inputs, 512 outputs; a trio reads the classes of all its parts."""
    assert get_config("testing-drums").input_depth == 10
    assert get_config("testing-drums").output_depths == (512,)
    assert get_config("testing-trio").input_depth == 90 + 90 + 512


def test_a_wrong_name_is_answered_with_the_right_ones() -> None:
    """A slip of the hand costs no search."""
    with pytest.raises(UnknownModelError, match="mel_9bar"):
        get_config("mel_9bar")


@pytest.mark.parametrize(
    "change",
    [
        {"parts": ("bass", "melody")},
        {"n_steps": 0},
        {"n_steps": 30, "n_segments": 4, "conductor_rnn_size": (8,)},
        {"hierarchical_encoder": True},
        {"n_segments": 4},
    ],
)
def test_what_cannot_be_built_is_refused(change) -> None:
    """Unknown parts, no steps, ragged segments, half a hierarchy."""
    with pytest.raises(ValueError, match=r"."):
        replace(MusicVAEConfig(name="x"), **change)
