"""From a finished run to a model, its first drawings and its card, measured as they are stored."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.latent.mixture import Mixture
from midime_engine.musicvae.mixtures import write_mixture
from midime_engine.sketches.card import write_card
from midime_engine.sketches.config import get_config
from midime_engine.sketches.dataset import TRAINING_SEED
from midime_engine.sketches.files import read_sketch_weights, write_sketch_weights
from midime_engine.sketches.generator import KINDS, drawings
from midime_engine.sketches.judgement import judge
from midime_engine.sketches.loading import load
from midime_engine.sketches.model import SketchRNN
from midime_engine.sketches.samples import write_samples
from midime_engine.sketches.training import read_weights

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from midime_engine.latent.latents import Latents

__all__ = ["export", "fitted_mixture"]

_FITTED: Final = 6000
"""Drawings whose codes the mixture is fitted to."""

_ACTIVE: Final = 0.05
"""Mean KL in nats from which on a dimension is modelled; all others are as the prior has them."""

_COURSE: Final = 12
"""Records of the log that a card shows."""


def export(
    folder: Path, log: Path, *, machine: str = "CPU", notes: Sequence[str] = (), n: int = 600
) -> Path:
    """Write ``<model>.safetensors`` and what goes with it beside the snapshot in ``folder``.

    Args:
        folder: that of the run.
        log: its records, one JSON object a line.
        machine: where it was trained, in words for the card.
        notes: sentences for the card on what falls short.
        n: drawings that each figure is measured on.

    Returns:
        The path of the weights.

    Raises:
        TrainingError: there is no snapshot in ``folder``, or it is damaged.
    """
    arrays, run = read_weights(folder)
    config = get_config(str(run["settings"]["model"]))
    path = folder / f"{config.name}.safetensors"
    write_sketch_weights(path, config, arrays)
    plain = SketchRNN(config, read_sketch_weights(path)[1])
    latents = plain.encode(drawings(_FITTED, seed=TRAINING_SEED))
    write_mixture(path, fitted_mixture(latents))
    model = load(path)
    write_samples(path, model)
    records = _records(log)
    card = {
        "name": config.name,
        "config": asdict(config),
        "kinds": list(KINDS),
        "n_parameters": sum(array.size for array in arrays.values()),
        "training": {
            "settings": run["settings"],
            "drawings": run["step"] * run["settings"]["batch_size"],
            "minutes": round(run["seconds"] / 60.0, 1),
            "machine": machine,
            "course": records[:: max(1, len(records) // _COURSE)] + records[-1:],
        },
        "validation": judge(model, n),
        "notes": list(notes),
    }
    write_card(path, card)
    return path


def fitted_mixture(latents: Latents) -> Mixture:
    """Where drawings with these posteriors lie in ``z``."""
    carrying = np.flatnonzero(latents.kl().mean(axis=0) > _ACTIVE)
    z = latents.sample(np.random.default_rng([0, 7]))
    return Mixture.fit(z, dimensions=carrying)


def _records(log: Path) -> list[dict[str, Any]]:
    with log.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
