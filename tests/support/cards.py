"""The card of a tiny trio."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np

from midime_engine.pretraining.card import data_of, describe, judged_against
from midime_engine.pretraining.judgement import judge
from midime_engine.pretraining.prior import fit_mixture
from tests.support.networks import random_tokens, shared_model
from tests.support.pretraining import arpeggios

__all__ = ["card"]


def card() -> dict[str, Any]:
    """A whole card, of random weights judged by random windows."""
    found: dict[str, Any] = json.loads(_text())
    return found


@cache
def _text() -> str:
    model = shared_model("testing-trio")
    rng = np.random.default_rng(2)
    train, valid = random_tokens(model.config, 40, rng), random_tokens(model.config, 12, rng)
    mixture = fit_mixture(model, train)
    figures = judge(
        model, valid, train=train, others={"folk": valid}, mixture=mixture, n_samples=20
    )
    row = {
        "sequences": 1200,
        "seconds": 90.0,
        "reconstruction": 12.5,
        "kl": 40.0,
        "beta": 0.01,
        "learning_rate": 0.001,
    }
    return json.dumps(
        {
            **describe(model.config, n_parameters=1234),
            **judged_against("trio_4bar", figures, ["It has heard too little music."]),
            "training": {
                "steps": 75,
                "sequences": 1200,
                "minutes": 1.5,
                "machine": {"backend": "jax", "device": "NVIDIA H200"},
                "settings": {"batch_size": 16, "seed": 0},
                "course": [{**row, "step_accuracy": 0.25}, row],
            },
            "data": data_of(arpeggios()),
        }
    )
