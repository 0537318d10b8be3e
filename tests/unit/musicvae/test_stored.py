from __future__ import annotations

import numpy as np
import pytest

from midime_engine.musicvae.stored import StoredArrays, shapes_of


@pytest.fixture
def taken() -> list[str]:
    """Names in the order in which they were read."""
    return []


@pytest.fixture
def stored(taken) -> StoredArrays:
    """Two arrays that tell when they are read."""

    def read(name: str) -> np.ndarray:
        taken.append(name)
        return np.ones(shapes[name], np.float32)

    shapes = {"b": (2, 3), "a": (4,)}
    return StoredArrays(shapes, read)


def test_an_array_is_read_when_it_is_taken(stored, taken) -> None:
    """Each time again: none is kept."""
    assert (list(stored), len(stored), "a" in stored) == (["b", "a"], 2, True)
    assert taken == []
    assert stored["b"].shape == stored["b"].shape == (2, 3)
    assert taken == ["b", "b"]


def test_a_name_that_is_not_there_is_not_read(stored, taken) -> None:
    """As with any mapping."""
    with pytest.raises(KeyError):
        stored["c"]
    assert taken == []


def test_shapes_are_known_without_reading(stored, taken) -> None:
    """And the same for arrays in memory."""
    assert shapes_of(stored) == shapes_of(dict(stored)) == {"b": (2, 3), "a": (4,)}
    shapes_of(stored)
    assert taken == ["b", "a"]
