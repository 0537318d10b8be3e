"""Hyperparameters of a translator."""

from __future__ import annotations

import json

import pytest

from midime_engine.errors import OptionError
from midime_engine.translation.config import MAX_PARAMETERS, WEIGHTS, TranslatorConfig
from midime_engine.translation.domain import Domain
from tests.support.translation import DRUMS, MELODY, toy_config


def test_the_defaults_are_the_authors() -> None:
    """Eight numbers, four layers of 512, KL .005, SWD 1, labels .05, Adam 1e-3."""
    config = TranslatorConfig(domains=(MELODY, DRUMS))
    assert (config.latent_size, config.shared_size, config.layers) == (8, 8, (512,) * 4)
    assert (config.beta, config.alignment, config.labels) == (0.005, 1.0, 0.05)
    assert (config.learning_rate, config.steps, config.batch_size) == (1e-3, 20_000, 512)
    ours = set(WEIGHTS) - {"beta", "alignment", "labels"}
    assert {getattr(config, name) for name in ours} == {0.0}


def test_plain_data_makes_the_same_config_again() -> None:
    """What a file says of it is all of it, also after a trip through JSON."""
    config = toy_config()
    assert TranslatorConfig.from_json(json.loads(json.dumps(config.to_json()))) == config


@pytest.mark.parametrize(
    "change",
    [
        {"latent_size": 0},
        {"shared_size": 6},
        {"layers": ()},
        {"layers": (8, 0)},
        {"beta": -0.1},
        {"contrast": float("nan")},
        {"steps": 1.5},
        {"batch_size": 1},
        {"seed": -1},
        {"fixed_labels": 1},
        {"n_labels": 65},
        {"domains": (MELODY,)},
    ],
)
def test_what_cannot_be_built_or_trained_is_refused(change: dict[str, object]) -> None:
    """One sentence names the setting and what it may be."""
    with pytest.raises(OptionError, match="cannot be set up") as refused:
        toy_config(**change)
    assert refused.value.remedy.startswith("Set ")


def test_a_network_beyond_the_limit_is_refused() -> None:
    """Whatever a file claims, memory stays bounded."""
    wide = Domain(model="wide", parts=("melody",), n_steps=32, z_size=4096)
    with pytest.raises(OptionError, match=f"{MAX_PARAMETERS:,}|size of the network"):
        TranslatorConfig(domains=(wide, DRUMS), layers=(1024,) * 4)


@pytest.mark.parametrize("damage", ["missing", "extra", "domain", "domains"])
def test_plain_data_that_are_no_config_are_refused(damage: str) -> None:
    """Exactly the fields, of the config and of both sides."""
    stored = toy_config().to_json()
    if damage == "missing":
        del stored["beta"]
    elif damage == "extra":
        stored["gamma"] = 1.0
    elif damage == "domain":
        del stored["domains"][0]["z_size"]
    else:
        stored["domains"] = "melody, drums"
    with pytest.raises(OptionError, match="no config of a translator"):
        TranslatorConfig.from_json(stored)
