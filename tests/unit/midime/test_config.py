"""Hyperparameters and what they make of the network."""

from __future__ import annotations

from typing import Any

import pytest

from midime_engine.errors import OptionError
from midime_engine.midime.config import MAX_PARAMETERS, MidiMeConfig


def test_the_default_network_has_the_peers_parameter_count() -> None:
    """Encoder 263,168 + 262,400 + 16,448 + 2 * 260, decoder 320 + 16,640 + 263,168 + 262,400."""
    assert MidiMeConfig().n_parameters == 1_085_064


def test_variables_are_named_from_the_outside_in_and_out_again() -> None:
    """The order of names is the order of the layers."""
    config = MidiMeConfig(input_size=8, latent_size=2, encoder_layers=(5,), decoder_layers=(3, 4))
    assert config.variable_shapes == {
        "encoder/hidden_0/kernel": (8, 5),
        "encoder/hidden_0/bias": (5,),
        "encoder/mu/kernel": (5, 2),
        "encoder/mu/bias": (2,),
        "encoder/sigma/kernel": (5, 2),
        "encoder/sigma/bias": (2,),
        "decoder/hidden_0/kernel": (2, 3),
        "decoder/hidden_0/bias": (3,),
        "decoder/hidden_1/kernel": (3, 4),
        "decoder/hidden_1/bias": (4,),
        "decoder/output/kernel": (4, 8),
        "decoder/output/bias": (8,),
    }
    assert next(iter(config.variable_shapes)) == "encoder/hidden_0/kernel"


def test_without_hidden_layers_the_halves_are_linear() -> None:
    """An empty tuple of layers is a network too."""
    config = MidiMeConfig(input_size=8, latent_size=2, encoder_layers=(), decoder_layers=())
    assert config.n_parameters == 2 * (8 * 2 + 2) + (2 * 8 + 8)


def test_zero_is_a_value_and_not_a_missing_one() -> None:
    """Beta 0 and 0 epochs are kept as they are."""
    config = MidiMeConfig(beta=0, epochs=0)
    assert (config.beta, config.epochs) == (0, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"beta": -0.1},
        {"beta": float("nan")},
        {"beta": "1"},
        {"epochs": -1},
        {"epochs": 2.5},
        {"epochs": True},
        {"epochs": 10**9},
        {"learning_rate": 0.0},
        {"learning_rate": float("inf")},
        {"sigma_floor": 0.0},
        {"seed": -1},
        {"latent_size": 0},
        {"input_size": 10**6},
        {"encoder_layers": (0,)},
        {"encoder_layers": 64},
        {"encoder_layers": (4,) * 9},
        {"decoder_layers": (4096, 4096)},
        {"early_stop": 1},
    ],
)
def test_a_setting_out_of_range_is_refused_by_name(wrong: dict[str, Any]) -> None:
    """The remedy says what is allowed."""
    with pytest.raises(OptionError) as refusal:
        MidiMeConfig(**wrong)
    assert refusal.value.remedy.startswith("Set ")


def test_the_limit_on_parameters_leaves_room_for_larger_networks() -> None:
    """Twice the default's widths fit."""
    config = MidiMeConfig(encoder_layers=(2048, 512, 128), decoder_layers=(128, 512, 2048))
    assert 2 * 1_085_064 < config.n_parameters < MAX_PARAMETERS


def test_lists_from_json_become_tuples() -> None:
    """A config read from a file equals the one that was written, and can be hashed."""
    config = MidiMeConfig(encoder_layers=[1024, 256, 64])  # type: ignore[arg-type]
    assert config == MidiMeConfig()
    assert hash(config) == hash(MidiMeConfig())


def test_the_slug_tells_what_is_unusual() -> None:
    """Only what differs from the defaults is named."""
    assert MidiMeConfig().slug == "default"
    assert MidiMeConfig(beta=0.5, seed=3).slug == "beta=0.5,seed=3"
