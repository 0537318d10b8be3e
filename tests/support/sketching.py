"""Drawings without a network: what the pages need of a model, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from midime_engine import sketches
from midime_engine.constraints.training import ConstraintStep, new_constraint
from midime_engine.latent.latents import Latents
from midime_engine.pipelines import constrain, sketching
from midime_engine.sketches import Drawing, drawings

if TYPE_CHECKING:
    import pytest

__all__ = ["FakeSketchRNN", "fake_bending", "with_fake_sketches"]

Z_SIZE = 4


class FakeSketchRNN:
    """Draws a star: the first number says how sharp, the second of how many strokes."""

    z_size = Z_SIZE

    def starts(self, n, *, seed=0):
        """Draws from a standard normal."""
        return np.random.default_rng([seed, 1]).standard_normal((n, Z_SIZE), np.float32)

    def encode(self, some):
        """Something else for each drawing, by how much ink it has."""
        ink = np.array([sum(len(stroke) for stroke in drawing.strokes) for drawing in some])
        mu = np.stack([np.sin(ink + i) for i in range(Z_SIZE)], axis=1).astype(np.float32)
        return Latents(mu, np.full_like(mu, 0.5))

    def decode(self, z, **_):
        """One star for each row."""
        return [_star(row) for row in np.asarray(z)]


def _star(row):
    angles = np.linspace(0.0, 2.0 * np.pi, 25)
    radii = 0.35 - 0.2 * (np.arange(25) % 2) * float(np.clip(row[0] / 2.0 + 0.5, 0.0, 1.0))
    line = np.stack([np.cos(angles), np.sin(angles)], axis=1) * radii[:, None]
    dots = [np.array([(x, 0.0), (x, 0.05)]) for x in np.linspace(-0.1, 0.1, _n_dots(row[1]))]
    return Drawing((line, *dots))


def _n_dots(value):
    return int(np.clip(3 + 2 * value, 0, 8))


def fake_bending(space, judge, config):
    """A constraint that is never trained, and a curve that rises."""
    steps = [ConstraintStep(0, 128, (0.2,), 0.2)]
    steps += [
        ConstraintStep(i, 128 + i, (i / 10,), i / 10, 0.1, 0.5, 0.5, 0.5, 0.1) for i in range(1, 11)
    ]
    return constrain.Constraining(new_constraint(config, space, judge), iter(steps))


def with_fake_sketches(monkeypatch: pytest.MonkeyPatch) -> None:
    """No TensorFlow on the page of drawings, and empty caches."""
    st.cache_resource.clear()
    st.cache_data.clear()
    monkeypatch.setenv("MIDIME_WARM_UP", "0")
    monkeypatch.setattr(sketches, "load", FakeSketchRNN)
    monkeypatch.setattr(sketching, "drawings", lambda _n: drawings(60))
    monkeypatch.setattr(constrain, "start", fake_bending)
