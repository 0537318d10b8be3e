"""A model that is small enough to build in a test, and drawings for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import keras
import pytest

from midime_engine.sketches.config import SketchConfig, get_config
from midime_engine.sketches.generator import drawings
from midime_engine.sketches.model import SketchRNN
from midime_engine.sketches.network import Network
from midime_engine.sketches.simplification import simplified

if TYPE_CHECKING:
    from midime_engine.sketches.drawing import Drawing


@pytest.fixture(scope="session")
def tiny() -> SketchConfig:
    """The architecture for tests."""
    return get_config("testing")


@pytest.fixture(scope="session")
def tiny_arrays(tiny) -> dict:
    """Random weights for it, the same in every test."""
    keras.utils.set_random_seed(0)
    return Network(tiny).arrays()


@pytest.fixture(scope="session")
def tiny_model(tiny, tiny_arrays) -> SketchRNN:
    """A model that draws nonsense, as soon as it is asked."""
    return SketchRNN(tiny, tiny_arrays)


@pytest.fixture(scope="session")
def few(tiny) -> list[Drawing]:
    """Nine drawings that the small model can read."""
    return [simplified(d, tolerance=0.02, at_most=tiny.n_points) for d in drawings(9)]
