"""Drawings lie on their sheets."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.plots.pen import figure

STROKE = np.array([(-0.2, -0.1), (0.2, 0.1)])


def test_every_stroke_is_drawn_in_its_place() -> None:
    """From left to right, then below, with a gap after each."""
    drawn = figure([[STROKE], [STROKE, STROKE], [STROKE]], columns=2)
    x, y = np.asarray(drawn.data[0].x), np.asarray(drawn.data[0].y)
    assert np.isnan(x).sum() == 4
    assert x[0] == pytest.approx(-0.2)
    assert x[3] == pytest.approx(0.8)
    assert y[-2] == pytest.approx(-0.9)
    assert len(drawn.layout.shapes) == 3


def test_lines_stay_on_their_sheet() -> None:
    """However far a pen went."""
    drawn = figure([[STROKE * 100.0], [STROKE]])
    x = np.asarray(drawn.data[0].x)
    assert np.nanmax(x[:2]) < 0.5


def test_captions_and_marks_are_where_they_were_asked_for() -> None:
    """One caption each, escaped; only the marked sheets have another frame."""
    drawn = figure([[STROKE], [STROKE]], captions=["before", "<after>"], marked=[1], theme="dark")
    assert [note.text for note in drawn.layout.annotations] == ["before", "&lt;after&gt;"]
    frames = [shape.line.color for shape in drawn.layout.shapes]
    assert frames[0] != frames[1]


def test_an_empty_drawing_is_an_empty_sheet() -> None:
    """But no drawing at all is a mistake, as are too few captions."""
    drawn = figure([[]])
    assert np.isnan(np.asarray(drawn.data[0].x, float)).all()
    for wrong in ({"drawings": []}, {"drawings": [[STROKE]], "captions": []}):
        with pytest.raises(ValueError, match="fit together"):
            figure(**wrong)
