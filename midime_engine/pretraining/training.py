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
from midime_engine.pretraining.batches import batch_at
from midime_engine.pretraining.evaluation import Evaluation, Evaluator
from midime_engine.pretraining.objective import PretrainingModel
from midime_engine.pretraining.snapshot import Clock, restore_snapshot, save_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from midime_engine.pretraining.config import PretrainingConfig
    from midime_engine.pretraining.windows import Windows
    from midime_engine.protocols import IntArray

__all__ = ["Progress", "as_log", "pretrain"]

SNAPSHOT_NAME = "snapshot.safetensors"
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
    ``now`` is the clock in seconds that the schedules follow; it is read once per step.

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
    keras.utils.set_random_seed(config.seed)
    model = PretrainingModel(
        architecture, matmul_dtype=config.matmul_dtype, free_bits=config.free_bits
    )
    model.compile(
        optimizer=keras.optimizers.Adam(config.learning_rate, global_clipnorm=config.clip_norm)
    )
    model.optimizer.build(model.trainable_variables)
    folder.mkdir(parents=True, exist_ok=True)
    snapshot = folder / SNAPSHOT_NAME
    clock = restore_snapshot(snapshot, model, config) if snapshot.exists() else Clock()
    evaluator = Evaluator(model.network)
    probe = _probe(windows)
    budget = config.minutes * 60.0
    began = now() - clock.seconds
    reported_at, evaluated_at, reported_step = clock.seconds, clock.seconds, clock.step
    sums: list[tuple[float, float]] = []
    while True:
        share = min(1.0, clock.seconds / budget)
        model.optimizer.learning_rate = config.learning_rate_at(share)
        model.beta.assign(config.beta_at(share))
        batch = batch_at(
            windows.train,
            clock.step,
            config,
            parts=architecture.parts,
            z_size=architecture.z_size,
        )
        logs = model.train_on_batch(tuple(batch), return_dict=True)
        model.reset_metrics()
        clock.step += 1
        clock.seconds = now() - began
        sums.append((float(logs["reconstruction"]), float(logs["kl"])))
        if not np.isfinite(sums[-1]).all():
            raise TrainingError(
                f"The loss stopped being a number at step {clock.step}.",
                remedy="Start again with a lower learning rate; the last snapshot is kept.",
            )
        over = clock.seconds >= budget
        if clock.seconds - reported_at < _REPORT_EVERY_SECONDS and not over:
            continue
        evaluation = None
        if over or clock.seconds - evaluated_at >= _EVALUATE_EVERY_SECONDS:
            evaluation = evaluator(probe)
            clock.best_accuracy = max(clock.best_accuracy, evaluation.step_accuracy)
            save_snapshot(snapshot, model, clock, config)
            evaluated_at = clock.seconds
        elapsed = clock.seconds - reported_at
        reconstruction, kl = np.mean(sums, axis=0)
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
        reported_at, reported_step, sums = clock.seconds, clock.step, []
        if over:
            return


def _probe(windows: Windows) -> IntArray:
    """A fixed sample of the validation windows."""
    n = len(windows.valid)
    chosen = np.random.default_rng(0).permutation(n)[:_EVALUATED_WINDOWS]
    return windows.valid[np.sort(chosen)]


def as_log(progress: Progress) -> dict[str, object]:
    """``progress`` as one JSON-ready record."""
    return asdict(progress)
