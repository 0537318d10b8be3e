"""A pretraining run: an iterator of plain records, which resumes exactly after a kill.

Batches and noise are functions of the step, schedules are functions of the clock, and the clock is
part of the snapshot; so a resumed run goes on where the last snapshot was taken.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import keras
import numpy as np

from midime_engine.errors import TrainingError
from midime_engine.musicvae.config import get_config
from midime_engine.musicvae.loading import open_named
from midime_engine.musicvae.stored import shapes_of
from midime_engine.pretraining.allocator import keep_freed_memory
from midime_engine.pretraining.evaluation import Evaluation, Evaluator
from midime_engine.pretraining.loops import Loop, make_loop, share_devices
from midime_engine.pretraining.machine import machine
from midime_engine.pretraining.objective import PretrainingModel
from midime_engine.pretraining.snapshot import (
    BEST_NAME,
    SNAPSHOT_NAME,
    Clock,
    restore_snapshot,
    save_best,
    save_snapshot,
)
from midime_engine.pretraining.transfer import transferred
from midime_engine.pretraining.upper import UpperLoop, UpperModel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from midime_engine.musicvae.checkpoint import Checkpoint
    from midime_engine.musicvae.config import MusicVAEConfig
    from midime_engine.pretraining.config import PretrainingConfig
    from midime_engine.pretraining.windows import Windows
    from midime_engine.protocols import FloatArray, IntArray

__all__ = ["Progress", "as_log", "new_model", "pretrain"]

_EVALUATE_EVERY_SECONDS = 300.0
_REPORT_EVERY_SECONDS = 20.0
_EVALUATED_WINDOWS = 2048
"""Enough for a standard error of a quarter of a percent; the card uses all windows."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What a log of the run needs: means since the record before."""

    step: int
    sequences: int
    seconds: float
    share: float
    """How much of the run is over, 0 to 1."""

    reconstruction: float
    kl: float
    beta: float
    learning_rate: float
    sequences_per_second: float
    evaluation: Evaluation | None


def pretrain(
    windows: Windows,
    config: PretrainingConfig,
    folder: Path,
    *,
    now: Callable[[], float] = time.monotonic,
) -> Iterator[Progress]:
    """Train a model on ``windows`` for ``config.minutes`` and keep its state in ``folder``.

    Records come every twenty seconds, with an evaluation every five minutes and at the end.
    Start it again with the same settings and folder, and it goes on from the last snapshot.
    The weights to use are in ``best.safetensors``: those of the last evaluation while beta rises,
    and of the most accurate one from then on. ``now`` is the clock in seconds that the schedules
    follow; it is read once per call of the loop.

    Raises:
        TrainingError: the windows do not fit the model, the snapshot does not fit the settings,
            or the loss is no longer finite.
    """
    architecture = get_config(config.model)
    expected = (architecture.n_steps, len(architecture.parts))
    if windows.train.shape[1:] != expected or len(windows.train) < config.batch_size:
        raise TrainingError(
            f"{config.model} needs at least {config.batch_size} windows of {expected} tokens; "
            f"these are {len(windows.train)} of {windows.train.shape[1:]}.",
            remedy="Prepare windows for this model, or choose a smaller batch.",
        )
    keep_freed_memory()
    share_devices()
    model = new_model(architecture, config)
    folder.mkdir(parents=True, exist_ok=True)
    snapshot = folder / SNAPSHOT_NAME
    clock = restore_snapshot(snapshot, model, config) if snapshot.exists() else Clock()
    evaluator = Evaluator(model.network)
    loop = _loop(model, windows, config, folder)
    probe = _probe(windows)
    budget = config.minutes * 60.0
    began = now() - clock.seconds
    reported_at, evaluated_at, reported_step = clock.seconds, clock.seconds, clock.step
    means: list[FloatArray] = []
    while True:
        share = min(1.0, clock.seconds / budget)
        model.optimizer.learning_rate = config.learning_rate_at(share)
        model.beta.assign(config.beta_at(share))
        means.append(loop.run(clock.step, config.input_dropout_at(share)))
        clock.step += loop.steps_per_call
        clock.seconds = now() - began
        if not np.isfinite(means[-1]).all():
            raise TrainingError(
                f"The loss stopped being a number by step {clock.step}.",
                remedy="Start again with a lower learning rate; the last snapshot is kept.",
            )
        over = clock.seconds >= budget
        if clock.seconds - reported_at < _REPORT_EVERY_SECONDS and not over:
            continue
        evaluation = None
        if over or clock.seconds - evaluated_at >= _EVALUATE_EVERY_SECONDS:
            evaluation = evaluator(probe)
            # Until beta stands still the later weights are the ones that were asked for.
            if share < config.beta_share or evaluation.step_accuracy >= clock.best_accuracy:
                clock.best_accuracy = evaluation.step_accuracy
                save_best(folder / BEST_NAME, model, clock, config)
            save_snapshot(snapshot, model, clock, config)
            evaluated_at = clock.seconds
        elapsed = clock.seconds - reported_at
        reconstruction, kl = np.concatenate(means).mean(axis=0)
        yield Progress(
            step=clock.step,
            sequences=clock.step * config.batch_size,
            seconds=clock.seconds,
            share=share,
            reconstruction=float(reconstruction),
            kl=float(kl),
            beta=config.beta_at(share),
            learning_rate=config.learning_rate_at(share),
            sequences_per_second=(clock.step - reported_step) * config.batch_size / elapsed,
            evaluation=evaluation,
        )
        reported_at, reported_step, means = clock.seconds, clock.step, []
        if over:
            return


def new_model(architecture: MusicVAEConfig, config: PretrainingConfig) -> PretrainingModel:
    """A model with random weights, or those that the run starts from, and a built optimiser."""
    keras.utils.set_random_seed(config.seed)
    model = _model(architecture, config)
    if config.start_from:
        _start(model, config.start_from)
    if config.freeze_first_level:
        for block in model.network.encoder.first_level:
            block.trainable = False
    model.compile(
        optimizer=keras.optimizers.Adam(config.learning_rate, global_clipnorm=config.clip_norm)
    )
    model.optimizer.build(model.trainable_variables)
    return model


def _model(architecture: MusicVAEConfig, config: PretrainingConfig) -> PretrainingModel:
    kind = UpperModel if config.upper_level_only else PretrainingModel
    if config.upper_level_only and not (architecture.part_z_size and config.start_from):
        raise TrainingError(
            f"The upper level of {architecture.name} cannot be trained alone.",
            remedy="Name the two-bar models that a longer one stands on with --start-from.",
        )
    return kind(architecture, matmul_dtype=config.matmul_dtype, free_bits=config.free_bits)


def _loop(
    model: PretrainingModel, windows: Windows, config: PretrainingConfig, folder: Path
) -> Loop:
    if isinstance(model, UpperModel):
        return UpperLoop(model, windows.train, config, _sources(config.start_from), folder)
    return make_loop(model, windows.train, config)


def _sources(names: str) -> list[Checkpoint]:
    return [open_named(name.strip())[0] for name in names.split(",")]


def _start(model: PretrainingModel, names: str) -> None:
    """Give ``model`` the weights of another one, or those of several that fit."""
    network = model.network
    found = _sources(names)
    if network.shapes() == shapes_of(found[0].arrays):
        network.assign(found[0].arrays)
        return
    sources = [(checkpoint.config, checkpoint.arrays) for checkpoint in found]
    try:
        network.assign(transferred(sources, network.config, network.arrays()))
    except (ValueError, KeyError) as error:
        raise TrainingError(
            f"{network.config.name} cannot start from {names}: {error}.",
            remedy="Start from a checkpoint of the same shapes, or from two-bar models.",
        ) from error


def _probe(windows: Windows) -> IntArray:
    """A fixed sample of the validation windows."""
    n = len(windows.valid)
    chosen = np.random.default_rng(0).permutation(n)[:_EVALUATED_WINDOWS]
    return windows.valid[np.sort(chosen)]


def as_log(progress: Progress) -> dict[str, object]:
    """``progress`` as one JSON-ready record, with the machine that it was made on."""
    return asdict(progress) | machine()
