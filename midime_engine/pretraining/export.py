"""The end of a run: weights in half precision, judged as they will be used, and their card.

The figures are those of the weights after rounding, through the same model class that the product
runs, on every validation window.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from midime_engine.musicvae.checkpoint import write_checkpoint
from midime_engine.musicvae.config import get_config
from midime_engine.musicvae.mixtures import read_mixture, write_mixture
from midime_engine.musicvae.model import MusicVAE
from midime_engine.pretraining.card import data_of, describe, judged_against, write_card
from midime_engine.pretraining.course import LOG_NAME, course, hardware, read_log
from midime_engine.pretraining.judgement import judge
from midime_engine.pretraining.prior import fit_mixture
from midime_engine.pretraining.snapshot import BEST_NAME, SNAPSHOT_NAME, read_snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midime_engine.pretraining.windows import Windows
    from midime_engine.protocols import IntArray

__all__ = ["export"]


def export(
    windows: Windows,
    folder: Path,
    *,
    others: Mapping[str, IntArray] | None = None,
    notes: Sequence[str] = (),
) -> Path:
    """Write a model beside the snapshot in ``folder``: ``<model>.safetensors``, ``.json``, ``.md``.

    ``<model>.mixture.safetensors`` with them says where in z the training windows lie.

    Args:
        windows: what the run was trained and judged on.
        folder: that of the run; its best weights are taken, or the last ones without any.
        others: further windows by name, of which the card says how well they come back.
        notes: sentences for the card: what falls short, and what would close it.

    Returns:
        The path of the weights; the four files together are an embedded model.

    Raises:
        TrainingError: there is no snapshot in ``folder``, or it is damaged.
    """
    best = folder / BEST_NAME
    arrays, clock, settings = read_snapshot(best if best.exists() else folder / SNAPSHOT_NAME)
    config = get_config(str(settings["model"]))
    rounded = {name: array.astype(np.float16) for name, array in arrays.items()}
    weights = folder / f"{config.name}.safetensors"
    write_checkpoint(weights, config, rounded, dtype="float16")
    model = MusicVAE(config, rounded)
    train, valid = windows.train, np.asarray(windows.valid, np.int32)
    write_mixture(weights, fit_mixture(model, train))
    sets = {} if windows.valid_figures is None else {"accompaniment": windows.valid_figures}
    figures = judge(
        model,
        valid,
        train=train,
        others={**sets, **(others or {})},
        mixture=read_mixture(weights),  # as it is stored, like the weights
    )
    records = read_log(folder / LOG_NAME)
    card = {
        **describe(config, n_parameters=sum(array.size for array in arrays.values())),
        **judged_against(config.name, figures, notes),
        "training": {
            "steps": clock.step,
            "sequences": clock.step * int(settings["batch_size"]),
            "minutes": round(clock.seconds / 60.0, 1),
            "machine": hardware(records),
            "settings": settings | {"start_from": Path(settings.get("start_from", "")).name},
            "course": course(records),
        },
        "data": data_of(windows),
    }
    write_card(weights, card)
    return weights
