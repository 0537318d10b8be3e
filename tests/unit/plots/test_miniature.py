"""The small roll has every note in its place."""

from __future__ import annotations

import numpy as np
import pytest
from note_seq import NoteSequence

from midime_engine.plots.miniature import miniature
from midime_engine.plots.theme import palette


def a_bar() -> NoteSequence:
    """A bar of 4/4 at 120: two melody notes, and a kick and a hi-hat with the second one."""
    sequence = NoteSequence(total_time=2.0)
    sequence.tempos.add(qpm=120)
    sequence.notes.add(pitch=60, velocity=90, start_time=0.0, end_time=0.5)
    sequence.notes.add(
        pitch=36, velocity=90, start_time=1.0, end_time=1.1, is_drum=True, instrument=9
    )
    sequence.notes.add(pitch=72, velocity=90, start_time=1.0, end_time=2.0)
    sequence.notes.add(
        pitch=42, velocity=90, start_time=1.0, end_time=1.1, is_drum=True, instrument=9
    )
    return sequence


def test_boxes_stand_where_the_notes_are() -> None:
    """Time to the right, pitch upwards, drums below, in the order of the notes."""
    drawn = miniature(a_bar())
    left, top, width, height = drawn.boxes.T
    assert left.tolist() == pytest.approx([0.0, 0.5, 0.5, 0.5])
    assert width[0] == pytest.approx(0.225)
    assert width[2] == pytest.approx(0.45)
    assert top[2] < top[0] < top[3] < top[1]
    assert (top + height).max() <= 1.0
    assert (drawn.boxes > 0).all(axis=0)[1:].all()


def test_parts_have_their_colours() -> None:
    """The same as everywhere else, in either scheme."""
    for theme in ("light", "dark"):
        drawn = miniature(a_bar(), theme=theme)
        roles = palette(theme).roles
        assert [drawn.colours[part] for part in drawn.parts] == [
            roles["melody"],
            roles["drums"],
            roles["melody"],
            roles["drums"],
        ]


def test_drums_alone_take_the_whole_height() -> None:
    """Two rows for two drums."""
    sequence = a_bar()
    drums = [note for note in sequence.notes if note.is_drum]
    alone = NoteSequence(total_time=2.0)
    alone.notes.extend(drums)
    heights = miniature(alone).boxes[:, 3]
    assert np.allclose(heights, 0.86 / 2)


def test_silence_has_no_box() -> None:
    """And is no error."""
    assert miniature(NoteSequence()).boxes.shape == (0, 4)
