"""The state of an interrupted run: weights, optimiser, step and clock, in one safetensors file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import keras
import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from midime_engine.errors import CheckpointMismatchError, TrainingError

if TYPE_CHECKING:
    from pathlib import Path

    from midime_engine.pretraining.config import PretrainingConfig
    from midime_engine.pretraining.objective import PretrainingModel

__all__ = [
    "BEST_NAME",
    "SNAPSHOT_NAME",
    "Clock",
    "read_snapshot",
    "restore_snapshot",
    "save_best",
    "save_snapshot",
]

SNAPSHOT_NAME: Final = "snapshot.safetensors"
BEST_NAME: Final = "best.safetensors"

_REMEDY: Final = "Delete it to start afresh, or choose another output folder."


@dataclass(slots=True)
class Clock:
    """How far a run has come."""

    step: int = 0
    seconds: float = 0.0
    """Time spent in training, summed over interruptions."""

    best_accuracy: float = 0.0
    """Best per-step accuracy on the validation windows so far."""


def save_snapshot(
    path: Path, model: PretrainingModel, clock: Clock, config: PretrainingConfig
) -> None:
    """Write the whole state; a file of that name is replaced at once or not at all."""
    tensors = _prefixed(model)
    for index, variable in enumerate(model.optimizer.variables):
        tensors[f"optimizer/{index:04d}"] = np.array(keras.ops.convert_to_numpy(variable))
    _write(path, tensors, clock, config)


def save_best(path: Path, model: PretrainingModel, clock: Clock, config: PretrainingConfig) -> None:
    """Write the weights alone, with when they were reached: what :func:`read_snapshot` reads."""
    _write(path, _prefixed(model), clock, config)


def _prefixed(model: PretrainingModel) -> dict[str, Any]:
    return {f"weights/{name}": array for name, array in model.network.arrays().items()}


def _write(path: Path, tensors: dict[str, Any], clock: Clock, config: PretrainingConfig) -> None:
    temporary = path.with_suffix(".partial")
    metadata = {"clock": json.dumps(asdict(clock)), "config": json.dumps(asdict(config))}
    save_file(tensors, temporary, metadata=metadata)
    temporary.replace(path)


def read_snapshot(path: Path) -> tuple[dict[str, Any], Clock, dict[str, Any]]:
    """Weights by checkpoint name, the clock and the settings of a run.

    Raises:
        TrainingError: there is no such file, or it is damaged.
    """
    tensors, clock, settings = _read(path)
    return _weights(tensors), clock, settings


def restore_snapshot(path: Path, model: PretrainingModel, config: PretrainingConfig) -> Clock:
    """Put a saved state back into ``model`` and its built optimiser.

    Raises:
        TrainingError: the file is damaged or belongs to a run with other settings.
    """
    tensors, clock, stored = _read(path)
    settings = asdict(config)
    if stored != settings:
        differing = sorted(key for key in settings if settings[key] != stored.get(key))
        raise TrainingError(
            f"The run in this folder was started with other settings: {', '.join(differing)}.",
            remedy="Use the same settings to resume it, or another output folder.",
        )
    try:
        model.network.assign(_weights(tensors))
        for index, variable in enumerate(model.optimizer.variables):
            variable.assign(tensors[f"optimizer/{index:04d}"])
    except (CheckpointMismatchError, KeyError, ValueError) as error:
        raise TrainingError(f"{path.name} is damaged: {error}", remedy=_REMEDY) from error
    return clock


def _read(path: Path) -> tuple[dict[str, Any], Clock, dict[str, Any]]:
    try:
        with safe_open(path, framework="numpy") as file:
            metadata = file.metadata()
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - no mapping
        return tensors, Clock(**json.loads(metadata["clock"])), json.loads(metadata["config"])
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as error:
        raise TrainingError(
            f"{path.name} is no snapshot of a training run.",
            remedy=_REMEDY,
        ) from error


def _weights(tensors: dict[str, Any]) -> dict[str, Any]:
    prefix = "weights/"
    return {
        name.removeprefix(prefix): array
        for name, array in tensors.items()
        if name.startswith(prefix)
    }
