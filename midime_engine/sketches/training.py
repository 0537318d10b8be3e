"""Training a Sketch-RNN: an iterator of plain records, which goes on after a kill.

Batches and noise are functions of the step, schedules are functions of the clock, and the clock is
part of the snapshot.
"""

from __future__ import annotations

import json
import math
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import keras
import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from midime_engine.errors import TrainingError
from midime_engine.sketches.config import get_config
from midime_engine.sketches.objective import SketchTrainer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from midime_engine.protocols import FloatArray
    from midime_engine.sketches.settings import SketchSettings

__all__ = ["SNAPSHOT_NAME", "Progress", "batch_at", "read_weights", "train"]

SNAPSHOT_NAME: Final = "snapshot.safetensors"

_REPORT_EVERY_SECONDS: Final = 20.0
_SAVE_EVERY_SECONDS: Final = 120.0
_CLIP_NORM: Final = 1.0
_REMEDY: Final = "Delete it to start afresh, or choose another output folder."


@dataclass(frozen=True, slots=True)
class Progress:
    """What a log of the run needs: means since the record before."""

    step: int
    drawings: int
    seconds: float
    share: float
    """How much of the run is over, 0 to 1."""

    offsets: float
    """Cost of where the points are, in nats per drawing; a density, so it may be negative."""

    states: float
    """Cost of what the pen does, in nats per drawing."""

    kl: float
    beta: float
    learning_rate: float


def train(
    rows: FloatArray,
    settings: SketchSettings,
    folder: Path,
    *,
    now: Callable[[], float] = time.monotonic,
) -> Iterator[Progress]:
    """Train on ``rows`` ``[n, n_steps, 5]`` for ``settings.minutes``, with the state in ``folder``.

    Records come every twenty seconds and at the end. Start it again with the same settings and
    folder, and it goes on from the last snapshot. ``now`` counts seconds.

    Raises:
        TrainingError: the rows do not fit the model, the snapshot is damaged or of other settings,
            or the loss is no longer finite.
    """
    architecture = get_config(settings.model)
    if rows.shape[1:] != (architecture.n_steps, 5) or len(rows) < settings.batch_size:
        raise TrainingError(
            f"{settings.model} needs at least {settings.batch_size} drawings of "
            f"{architecture.n_steps} rows; these are {len(rows)} of {rows.shape[1:]}.",
            remedy="Draw more, or choose a smaller batch.",
        )
    keras.utils.set_random_seed(settings.seed)
    model = SketchTrainer(architecture, matmul_dtype=settings.matmul_dtype)
    model.compile(
        optimizer=keras.optimizers.Adam(settings.learning_rate, global_clipnorm=_CLIP_NORM)
    )
    model.optimizer.build(model.trainable_variables)
    folder.mkdir(parents=True, exist_ok=True)
    snapshot = folder / SNAPSHOT_NAME
    step, before = _restore(snapshot, model, settings) if snapshot.exists() else (0, 0.0)
    began = now() - before
    reported = saved = before
    means: list[tuple[float, float, float]] = []
    budget = settings.minutes * 60.0
    seconds = before
    while True:
        share = min(1.0, seconds / budget)
        model.optimizer.learning_rate = settings.learning_rate_at(share)
        model.beta.assign(settings.beta_at(share))
        batch = batch_at(rows, step, settings, z_size=architecture.z_size)
        logs = model.train_on_batch(batch, return_dict=True)
        model.reset_metrics()
        means.append((float(logs["offsets"]), float(logs["states"]), float(logs["kl"])))
        step += 1
        seconds = now() - began
        if not all(map(math.isfinite, means[-1])):
            raise TrainingError(
                f"The loss stopped being a number by step {step}.",
                remedy="Start again with a lower learning rate; the last snapshot is kept.",
            )
        over = seconds >= budget
        if over or seconds - saved >= _SAVE_EVERY_SECONDS:
            _save(snapshot, model, settings, step, seconds)
            saved = seconds
        if over or seconds - reported >= _REPORT_EVERY_SECONDS:
            offsets, states, kl = np.mean(means, axis=0).tolist()
            yield Progress(
                step=step,
                drawings=step * settings.batch_size,
                seconds=seconds,
                share=share,
                offsets=offsets,
                states=states,
                kl=kl,
                beta=settings.beta_at(share),
                learning_rate=settings.learning_rate_at(share),
            )
            reported, means = seconds, []
        if over:
            return


def batch_at(
    rows: FloatArray, step: int, settings: SketchSettings, *, z_size: int
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The batch of a step: rows, which of them the decoder is shown, and noise.

    Every drawing comes once before any comes again; each time a little wider or higher than it is.
    """
    size = settings.batch_size
    per_round = len(rows) // size
    round_number, place = divmod(step, per_round)
    order = np.random.default_rng([settings.seed, 0, round_number]).permutation(len(rows))
    rng = np.random.default_rng([settings.seed, 1, step])
    batch = rows[order[place * size : (place + 1) * size]].astype(np.float32)
    stretch = rng.uniform(1.0 - settings.stretch, 1.0 + settings.stretch, (size, 1, 2))
    batch[:, :, :2] *= stretch.astype(np.float32)
    keep = (rng.random(batch.shape[:2]) >= settings.input_dropout).astype(np.float32)
    return batch, keep, rng.standard_normal((size, z_size), np.float32)


def read_weights(folder: Path) -> tuple[dict[str, FloatArray], dict[str, Any]]:
    """Weights by name and what is known of the run (settings, step, seconds) from its snapshot.

    Raises:
        TrainingError: there is none, or it is damaged.
    """
    tensors, known = _read(folder / SNAPSHOT_NAME)
    prefix = "weights/"
    return {n.removeprefix(prefix): a for n, a in tensors.items() if n.startswith(prefix)}, known


def _save(
    path: Path, model: SketchTrainer, settings: SketchSettings, step: int, seconds: float
) -> None:
    tensors = {f"weights/{name}": array for name, array in model.network.arrays().items()}
    for index, variable in enumerate(model.optimizer.variables):
        tensors[f"optimizer/{index:04d}"] = np.array(keras.ops.convert_to_numpy(variable))
    known = {"settings": asdict(settings), "step": step, "seconds": seconds}
    temporary = path.with_suffix(".partial")
    save_file(tensors, temporary, metadata={"run": json.dumps(known)})
    temporary.replace(path)


def _restore(path: Path, model: SketchTrainer, settings: SketchSettings) -> tuple[int, float]:
    """Take the state over; the step and the seconds that it was reached after."""
    tensors, known = _read(path)
    if known["settings"] != asdict(settings):
        raise TrainingError(f"{path.name} is of a run with other settings.", remedy=_REMEDY)
    variables = {f"weights/{n}": v for n, v in model.network.named_variables().items()}
    variables |= {f"optimizer/{i:04d}": v for i, v in enumerate(model.optimizer.variables)}
    if variables.keys() != tensors.keys():
        raise TrainingError(f"{path.name} does not fit the model.", remedy=_REMEDY)
    for name, variable in variables.items():
        variable.assign(tensors[name])
    return int(known["step"]), float(known["seconds"])


def _read(path: Path) -> tuple[dict[str, FloatArray], dict[str, Any]]:
    try:
        with safe_open(path, framework="numpy") as file:
            known: dict[str, Any] = json.loads(file.metadata()["run"])
            return {name: file.get_tensor(name) for name in file.keys()}, known  # noqa: SIM118
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as error:
        raise TrainingError(f"{path.name} cannot be read: {error}", remedy=_REMEDY) from error
