"""Architectures are checked when they are named."""

from __future__ import annotations

import pytest

from midime_engine.errors import UnknownModelError
from midime_engine.sketches.config import SketchConfig, configs, get_config
from midime_engine.sketches.generator import MAX_POINTS


def test_ours_reads_what_the_program_draws() -> None:
    """Every point of the longest drawing, and the end."""
    config = get_config("sketches")
    assert config.n_points >= MAX_POINTS
    assert config.n_steps == config.n_points + 1
    assert config.output_size == 6 * config.n_mixtures + 3


def test_names_are_those_of_the_registry() -> None:
    """An unknown one is answered with them."""
    assert all(get_config(name).name == name for name in configs())
    with pytest.raises(UnknownModelError) as caught:
        get_config("unicorns")
    assert "sketches" in caught.value.remedy


@pytest.mark.parametrize("wrong", [{"z_size": 0}, {"n_points": 10_000}, {"scale": 0.0}])
def test_impossible_sizes_are_refused(wrong) -> None:
    """Before anything is built."""
    with pytest.raises(ValueError, match=r"sizes|scale"):
        SketchConfig(name="x", **wrong)
