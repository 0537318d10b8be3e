"""Drawings to train on are drawn once."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.errors import TrainingError
from midime_engine.sketches.dataset import drawn_rows, load_rows, save_rows
from midime_engine.sketches.generator import drawings
from midime_engine.sketches.strokes import rows_from_drawings


def test_rows_are_those_of_the_drawings(tiny, tmp_path) -> None:
    """In half precision, before and after they were kept in a file."""
    told: list[int] = []
    rows = drawn_rows(4, tiny, seed=2, progress=told.append)
    wanted = rows_from_drawings(drawings(4, seed=2), steps=tiny.n_steps, scale=tiny.scale)
    assert np.allclose(rows, wanted, atol=5e-3)
    assert told == [4]
    save_rows(rows, tmp_path / "drawings.npz")
    assert np.array_equal(load_rows(tmp_path / "drawings.npz"), rows)


def test_a_damaged_file_is_no_traceback(tmp_path) -> None:
    """It says what to do."""
    path = tmp_path / "drawings.npz"
    path.write_bytes(b"PK\x03\x04 and then nothing")
    with pytest.raises(TrainingError) as caught:
        load_rows(path)
    assert "Delete" in caught.value.remedy
