"""Small networks as files, whatever the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_engine.learning.tensor_files import (
    max_file_bytes,
    network_bytes,
    read_network,
    write_whole,
)

if TYPE_CHECKING:
    from pathlib import Path

SHAPES = {"a/kernel": (2, 3), "a/bias": (3,)}


def _arrays(dtype: type = np.float32) -> dict[str, np.ndarray]:
    return {name: np.full(shape, 0.5, dtype) for name, shape in SHAPES.items()}


def _bytes(dtype: type = np.float32) -> bytes:
    return network_bytes(
        _arrays(dtype), mark="toy", version=3, config={"size": 2}, metadata={"song": "x"}
    )


def _read(data: bytes):
    return read_network(data, mark="toy", max_bytes=10_000, kind="a toy")


@pytest.mark.parametrize("dtype", [np.float32, np.float16])
def test_a_network_comes_back_in_float32_whatever_it_was_stored_in(dtype: type) -> None:
    """Half precision is a matter of the file, not of the reader."""
    stored = _read(_bytes(dtype))
    assert (stored.version, stored.config, stored.metadata) == (3, {"size": 2}, {"song": "x"})
    tensors = stored.tensors(SHAPES)
    assert {name: array.dtype for name, array in tensors.items()} == dict.fromkeys(
        SHAPES, np.dtype(np.float32)
    )
    np.testing.assert_array_equal(tensors["a/kernel"], np.full((2, 3), 0.5))


def test_variables_of_two_types_are_refused() -> None:
    """A file is in one precision: anything else was not written by us."""
    mixed = {"a/kernel": np.zeros((2, 3), np.float16), "a/bias": np.zeros(3, np.float32)}
    data = network_bytes(mixed, mark="toy", version=3, config={}, metadata={})
    with pytest.raises(ValueError, match="misshapen"):
        _read(data).tensors(SHAPES)


def test_integers_are_no_weights() -> None:
    """Only floating point is read."""
    whole = {name: np.zeros(shape, np.int32) for name, shape in SHAPES.items()}
    data = network_bytes(whole, mark="toy", version=3, config={}, metadata={})
    with pytest.raises(ValueError, match="misshapen"):
        _read(data).tensors(SHAPES)


def test_the_mark_of_another_kind_of_network_is_refused() -> None:
    """A saved MidiMe is no translator, although both are safetensors."""
    with pytest.raises(ValueError, match="not marked as a puppet"):
        read_network(_bytes(), mark="puppet", max_bytes=10_000, kind="a puppet")


def test_a_file_larger_than_its_largest_network_is_refused_unread() -> None:
    """Memory is bounded before anything is believed."""
    with pytest.raises(ValueError, match="larger than"):
        read_network(
            bytes(max_file_bytes(1) + 1), mark="toy", max_bytes=max_file_bytes(1), kind="a toy"
        )


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    """What is written replaces what was there, and leaves nothing beside it."""
    path = tmp_path / "network.safetensors"
    path.write_bytes(b"older")
    write_whole(b"newer", path)
    assert path.read_bytes() == b"newer"
    assert [entry.name for entry in tmp_path.iterdir()] == ["network.safetensors"]
