"""The loss is the one of the docstring."""

from __future__ import annotations

import keras
import numpy as np
import pytest

from midime_engine.sketches.mixture_density import density_of, offset_nats, state_nats
from midime_engine.sketches.objective import SketchTrainer
from midime_engine.sketches.strokes import rows_from_drawings


def test_terms_are_counted_to_the_end_of_each_drawing(tiny, few) -> None:
    """Offsets of every point, states of every point and of the end, nothing after it."""
    keras.utils.set_random_seed(0)
    trainer = SketchTrainer(tiny)
    trainer.beta.assign(0.5)
    rows = rows_from_drawings(few, steps=tiny.n_steps, scale=tiny.scale)
    noise = np.zeros((len(few), tiny.z_size), np.float32)
    batch = (rows, np.ones(rows.shape[:2], np.float32), noise)
    outputs = trainer.call(batch)
    total = float(trainer.compute_loss(x=batch, y_pred=outputs))
    density = density_of(outputs[0])
    offsets, states = np.asarray(offset_nats(density, rows)), np.asarray(state_nats(density, rows))
    points = [drawing.n_points for drawing in few]
    r = np.mean([offsets[i, :k].sum() + states[i, : k + 1].sum() for i, k in enumerate(points)])
    mu, sigma = (np.asarray(part) for part in outputs[1:])
    kl = np.mean(np.sum((mu**2 + sigma**2 - 1.0) / 2.0 - np.log(sigma), axis=1))
    assert total == pytest.approx(float(r + 0.5 * kl), rel=1e-4)
    assert float(trainer.kl.result()) == pytest.approx(float(kl), rel=1e-4)
