"""Layers in NumPy do what their names say, and make no copy that nobody asked for."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.learning.layers import batch_of, dense, relu, softplus


def test_a_linear_layer_is_found_by_its_name() -> None:
    """Kernel and bias; what goes in stays as it was."""
    weights = {
        "one/kernel": np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], np.float32),
        "one/bias": np.array([0.5, -0.5], np.float32),
    }
    x = np.array([[1.0, 0.0, -1.0]], np.float32)
    assert dense(weights, x, "one").tolist() == [[-3.5, -4.5]]
    assert x.tolist() == [[1.0, 0.0, -1.0]]


def test_what_is_negative_becomes_zero_in_place() -> None:
    """The products of a layer are nobody else's."""
    h = np.array([[-1.0, 2.0]], np.float32)
    assert relu(h) is h
    assert h.tolist() == [[0.0, 2.0]]


def test_softplus_neither_overflows_nor_leaves_float32() -> None:
    """Far out it is the identity, or nothing."""
    found = softplus(np.array([-1000.0, 0.0, 1000.0], np.float32))
    np.testing.assert_allclose(found, [0.0, np.log(2.0), 1000.0], rtol=1e-6)
    assert found.dtype == np.float32


@pytest.mark.parametrize("shape", [(8,), (2, 7), (1, 2, 8)])
def test_vectors_of_another_shape_are_a_programming_mistake(shape: tuple[int, ...]) -> None:
    """The message shows both shapes."""
    with pytest.raises(ValueError, match=r"Expected vectors \[n, 8\]; got shape"):
        batch_of(np.zeros(shape), 8)
    assert batch_of(np.zeros((2, 8)), 8).dtype == np.float32
