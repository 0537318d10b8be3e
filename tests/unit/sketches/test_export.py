"""A run becomes a model with its card."""

from __future__ import annotations

import json

import numpy as np
import pytest

from midime_engine.latent.latents import Latents
from midime_engine.sketches import export as exporting
from midime_engine.sketches import judgement
from midime_engine.sketches.card import read_card
from midime_engine.sketches.export import export, fitted_mixture
from midime_engine.sketches.loading import load
from midime_engine.sketches.settings import SketchSettings
from midime_engine.sketches.strokes import rows_from_drawings
from midime_engine.sketches.training import train


def test_a_run_becomes_a_model(tiny, few, tmp_path, monkeypatch) -> None:
    """Weights, mixture and card, of which the model can be loaded again."""
    monkeypatch.setattr(exporting, "_FITTED", 60)
    monkeypatch.setattr(judgement, "_LEARNT_FROM", 120)
    rows = rows_from_drawings(few, steps=tiny.n_steps, scale=tiny.scale)
    settings = SketchSettings(
        model="testing", minutes=0.02, batch_size=4, matmul_dtype="float32", n_drawings=9
    )
    log = tmp_path / "log.jsonl"
    record = next(train(rows, settings, tmp_path))
    fields = {name: getattr(record, name) for name in record.__dataclass_fields__}
    log.write_text(json.dumps(fields) + "\n")
    path = export(tmp_path, log, machine="a desk", notes=["It scribbles."], n=12)
    model = load(path)
    assert model.config == tiny
    assert model.mixture is not None
    card = read_card(path)
    assert card["training"]["drawings"] == record.drawings
    assert card["training"]["machine"] == "a desk"
    assert card["n_parameters"] > 1000
    assert "It scribbles." in path.with_suffix(".md").read_text()


def test_the_mixture_is_of_what_carries_something() -> None:
    """Dimensions that are as the prior has them are left to it."""
    rng = np.random.default_rng(0)
    mu = np.concatenate([rng.normal(2.0, 1.0, (300, 2)), np.zeros((300, 1))], axis=1)
    sigma = np.concatenate([np.full((300, 2), 0.1), np.ones((300, 1))], axis=1)
    mixture = fitted_mixture(Latents(mu, sigma))
    assert mixture.dimensions.tolist() == [0, 1]
    assert mixture.sample(500)[:, 0].mean() == pytest.approx(2.0, abs=0.2)
