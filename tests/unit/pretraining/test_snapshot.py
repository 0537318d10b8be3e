from __future__ import annotations

import json
from typing import TYPE_CHECKING

import keras
import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from midime_engine.errors import TrainingError
from midime_engine.musicvae import get_config
from midime_engine.pretraining.objective import PretrainingModel
from midime_engine.pretraining.snapshot import (
    Clock,
    read_snapshot,
    restore_snapshot,
    save_snapshot,
)
from tests.support.pretraining import RUN

if TYPE_CHECKING:
    from pathlib import Path


def fresh() -> PretrainingModel:
    """A model and its optimiser before the first step."""
    model = PretrainingModel(get_config("testing"), matmul_dtype="float32")
    model.compile(optimizer=keras.optimizers.Adam(0.01), run_eagerly=True)
    model.optimizer.build(model.trainable_variables)
    return model


def state(model: PretrainingModel) -> list[np.ndarray]:
    """Everything that a step changes."""
    optimizer = [np.array(variable) for variable in model.optimizer.variables]
    return [*model.network.arrays().values(), *optimizer]


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    """A file of a model that has taken one step."""
    model = fresh()
    batch = (np.ones((2, 32, 1), np.int32), np.ones((2, 32)), np.ones((2, 8)))
    model.train_on_batch(batch)
    path = tmp_path / "snapshot.safetensors"
    save_snapshot(path, model, Clock(step=1, seconds=2.5, best_accuracy=0.5), RUN)
    model.train_on_batch(batch)
    after = tmp_path / "after.safetensors"
    save_snapshot(after, model, Clock(step=2), RUN)
    return path


def test_weights_optimiser_and_clock_come_back(snapshot: Path) -> None:
    """The next step from a restored state is the one that was taken."""
    model = fresh()
    assert restore_snapshot(snapshot, model, RUN) == Clock(1, 2.5, 0.5)
    model.train_on_batch((np.ones((2, 32, 1), np.int32), np.ones((2, 32)), np.ones((2, 8))))
    expected = fresh()
    restore_snapshot(snapshot.with_name("after.safetensors"), expected, RUN)
    for found, wanted in zip(state(model), state(expected), strict=True):
        np.testing.assert_array_equal(found, wanted)


def test_a_snapshot_can_be_read_without_a_model(snapshot: Path) -> None:
    """Weights by checkpoint name, clock and settings: what an export needs."""
    arrays, clock, settings = read_snapshot(snapshot)
    assert arrays.keys() == fresh().network.shapes().keys()
    assert clock.step == 1
    assert settings["model"] == "testing"


@pytest.mark.parametrize("length", [0, 7, 1000, -1])
def test_a_truncated_snapshot_is_refused(snapshot: Path, length: int) -> None:
    """A disk that was full."""
    snapshot.write_bytes(snapshot.read_bytes()[:length])
    with pytest.raises(TrainingError, match="no snapshot"):
        restore_snapshot(snapshot, fresh(), RUN)


@pytest.mark.parametrize("gone", ["optimizer/0000", "weights/encoder/mu/bias"])
def test_a_snapshot_without_a_part_of_its_state_is_refused(snapshot: Path, gone: str) -> None:
    """Half a state would go on from somewhere else."""
    _, clock, settings = read_snapshot(snapshot)
    tensors = load_file(snapshot)
    del tensors[gone]
    metadata = {
        "clock": json.dumps({"step": clock.step}),
        "config": json.dumps(settings),
    }
    save_file(tensors, snapshot, metadata=metadata)
    with pytest.raises(TrainingError, match="damaged"):
        restore_snapshot(snapshot, fresh(), RUN)


def test_tensors_alone_are_no_snapshot(tmp_path: Path) -> None:
    """Without a clock and settings nothing can be resumed."""
    path = tmp_path / "foreign.safetensors"
    save_file({"x": np.zeros(2, np.float32)}, path)
    with pytest.raises(TrainingError):
        read_snapshot(path)
