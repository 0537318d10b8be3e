"""Hyperparameters of a constraint."""

from __future__ import annotations

import json

import pytest

from midime_engine.constraints.config import ConstraintConfig
from midime_engine.errors import OptionError


def test_json_and_back_is_the_same_config() -> None:
    """Tuples come back as tuples."""
    config = ConstraintConfig(layers=(8, 4), n_coordinates=3, z_size=5, distance=0.5)
    assert ConstraintConfig.from_json(json.loads(json.dumps(config.to_json()))) == config


@pytest.mark.parametrize(
    "changes",
    [
        {"layers": ()},
        {"layers": (0,)},
        {"layers": (4, 4, 4, 4, 4)},
        {"n_coordinates": 300},
        {"n_wishes": 0},
        {"n_wishes": 17},
        {"iterations": -1},
        {"learning_rate": float("nan")},
        {"distance": -1.0},
        {"seed": True},
        {"layers": (2048, 2048, 2048), "condition_size": 4096},
    ],
)
def test_what_cannot_be_built_is_refused_with_its_name(changes) -> None:
    """Before anything is trained."""
    with pytest.raises(OptionError, match=f"cannot be set up: (size of|{next(iter(changes))})"):
        ConstraintConfig(**changes)


def test_a_config_with_other_fields_is_refused() -> None:
    """A file of another kind."""
    with pytest.raises(OptionError):
        ConstraintConfig.from_json({"z_size": 4})


def test_actor_and_critic_see_the_condition_and_realism_does_not() -> None:
    """Real music answers no question."""
    shapes = ConstraintConfig(z_size=9, n_coordinates=5, condition_size=3).variable_shapes
    first = {name.split("/")[0]: shape[0] for name, shape in shapes.items() if "/0/kernel" in name}
    assert first == {"actor": 8, "critic": 8, "realism": 5}
