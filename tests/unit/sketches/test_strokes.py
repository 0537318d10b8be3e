"""Rows say what a drawing says."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.sketches.drawing import Drawing
from midime_engine.sketches.generator import drawings
from midime_engine.sketches.strokes import (
    DOWN,
    END,
    UP,
    drawing_from_rows,
    is_finished,
    rows_from_drawings,
)


def test_drawings_come_back_from_rows() -> None:
    """Stroke by stroke, point by point, at any scale."""
    originals = drawings(12)
    for scale in (0.05, 1.0):
        rows = rows_from_drawings(originals, steps=64, scale=scale)
        for original, row in zip(originals, rows, strict=True):
            again = drawing_from_rows(row, scale=scale)
            for a, b in zip(original.strokes, again.strokes, strict=True):
                assert np.allclose(a, b, atol=1e-5)


def test_every_row_has_one_state() -> None:
    """As many lifts as strokes, and ended rows to the end."""
    originals = drawings(6)
    rows = rows_from_drawings(originals, steps=64, scale=0.1)
    assert (rows[:, :, DOWN:].sum(axis=2) == 1.0).all()
    for original, row in zip(originals, rows, strict=True):
        assert int(row[:, UP].sum()) == len(original.strokes)
        assert (row[original.n_points :, END] == 1.0).all()
        assert not row[original.n_points :, :2].any()
        assert is_finished(row)


def test_rows_do_not_depend_on_where_a_drawing_lies() -> None:
    """It is put into the middle first."""
    stroke = np.array([(0.0, 0.0), (0.4, 0.2)], np.float32)
    here, there = (
        rows_from_drawings([Drawing((stroke + by,))], steps=4, scale=1.0) for by in (0.0, 3.0)
    )
    assert np.allclose(here, there, atol=1e-6)
    assert here[0, 0, :2].tolist() == pytest.approx([-0.2, -0.1])


def test_what_is_too_long_is_cut() -> None:
    """And then has no end."""
    line = np.cumsum(np.ones((9, 2)), axis=0)
    rows = rows_from_drawings([Drawing((line,))], steps=5, scale=1.0)
    assert not is_finished(rows[0])
    assert drawing_from_rows(rows[0], scale=1.0).n_points == 5


def test_a_pen_that_touches_the_paper_once_leaves_nothing() -> None:
    """Single points are no strokes, and no drawing is no mistake."""
    rows = np.zeros((3, 5), np.float32)
    rows[:2, UP], rows[2, END] = 1.0, 1.0
    assert drawing_from_rows(rows, scale=1.0).strokes == ()
    nothing = rows_from_drawings([Drawing(())], steps=3, scale=1.0)
    assert (nothing[0, :, END] == 1.0).all()
