"""Weights are read as they were written, or not at all."""

from __future__ import annotations

import numpy as np
import pytest
from safetensors.numpy import save_file

from midime_engine.errors import CheckpointError
from midime_engine.sketches.files import read_sketch_weights, write_sketch_weights


def test_weights_come_back_in_half_precision(tiny, tiny_arrays, tmp_path) -> None:
    """With their architecture."""
    path = tmp_path / "m.safetensors"
    write_sketch_weights(path, tiny, tiny_arrays)
    config, arrays = read_sketch_weights(path)
    assert config == tiny
    assert arrays.keys() == tiny_arrays.keys()
    for name, array in arrays.items():
        assert array.dtype == np.float32
        assert np.array_equal(array, tiny_arrays[name].astype(np.float16).astype(np.float32))
    assert [file.name for file in tmp_path.iterdir()] == ["m.safetensors"]


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"format": "midime-sketch-rnn-1"},
        {"format": "midime-sketch-rnn-1", "config": '{"name": "x", "z_size": -1}'},
        {"format": "midime-sketch-rnn-1", "config": "[1, 2"},
    ],
)
def test_other_files_are_refused(tmp_path, metadata) -> None:
    """Of something else, or with an impossible architecture."""
    path = tmp_path / "m.safetensors"
    save_file({"a": np.zeros(3)}, path, metadata=metadata)
    with pytest.raises(CheckpointError):
        read_sketch_weights(path)


def test_damaged_and_missing_files_are_refused(tmp_path) -> None:
    """With what to do."""
    path = tmp_path / "m.safetensors"
    with pytest.raises(CheckpointError):
        read_sketch_weights(path)
    path.write_bytes(b"\x00" * 50)
    with pytest.raises(CheckpointError) as caught:
        read_sketch_weights(path)
    assert "again" in caught.value.remedy
