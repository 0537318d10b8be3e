"""Targets point at figures that there are."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from midime_engine.musicvae.config import get_config
from midime_engine.pretraining.judgement import judge
from midime_engine.pretraining.prior import fit_mixture
from midime_engine.pretraining.targets import PUBLISHED, TARGETS, measured
from tests.support.networks import random_tokens, shared_model

if TYPE_CHECKING:
    from midime_engine.converters.classes import Role

_SMALL = {
    ("melody",): "testing",
    ("drums",): "testing-drums",
    ("melody", "bass", "drums"): "testing-trio",
}


@cache
def _figures(parts: tuple[Role, ...]) -> dict[str, Any]:
    """A judgement of a model of random weights, folk melodies included."""
    model = shared_model(_SMALL[parts])
    windows = random_tokens(model.config, 5, np.random.default_rng(1))
    mixture = fit_mixture(model, windows)
    return judge(model, windows, others={"folk": windows}, mixture=mixture, n_samples=10)


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_is_measured(name: str) -> None:
    """By a judgement of any model with the same parts."""
    figures = _figures(get_config(name).parts)
    for target in TARGETS[name]:
        assert measured(figures, target.path) is not None, target.what


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_figures_are_of_the_same_parts(name: str) -> None:
    """Or they could not stand side by side."""
    assert tuple(PUBLISHED[name].step_accuracy) == get_config(name).parts


def test_what_was_not_measured_is_none() -> None:
    """A missing key, or one whose value is nothing."""
    assert measured({"a": {"b": 0.5}}, ("a", "b")) == 0.5
    assert measured({"a": {"b": 0.5}}, ("a", "c")) is None
    assert measured({"a": None}, ("a", "b")) is None
    assert measured({"a": None}, ("a",)) is None
