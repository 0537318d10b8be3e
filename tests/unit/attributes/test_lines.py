"""Views of passages."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.attributes import lines
from midime_engine.attributes.passage import Passage, Passages
from tests.support.notes import sequence
from tests.support.passages import TRIO, drummed, sung, trio


def test_the_lead_is_melody_then_bass_then_drums() -> None:
    """Whether it sounds or not."""
    assert lines.lead_role(TRIO) == "melody"
    assert lines.lead_role(("drums", "bass")) == "bass"
    assert lines.lead_role(("drums",)) == "drums"
    silent = Passages.of([trio(bass="C3")])
    assert len(lines.lead(silent)) == 0


def test_of_a_chord_the_line_takes_the_highest_note() -> None:
    """All notes of it are pitched."""
    chord = Passage.of(sequence([(0.0, 0.5, 60), (0.0, 0.5, 67), (0.5, 1.0, 62)]))
    batch = Passages.of([chord])
    assert lines.lead(batch).pitch.tolist() == [67, 62]
    assert sorted(lines.pitched(batch).pitch.tolist()) == [60, 62, 67]


def test_moves_stay_within_their_passage() -> None:
    """The last note of one and the first of the next are no move."""
    batch = Passages.of([sung("C4 E4 D4"), sung("C5"), sung("C4 C4")])
    window, move = lines.moves(batch)
    assert (window.tolist(), move.tolist()) == ([0, 0, 2], [4, -2, 0])
    assert len(lines.moves(Passages.of([drummed("k s")]))[1]) == 0


def test_grids_cover_the_longest_passage() -> None:
    """A shorter one ends earlier, and says so."""
    batch = Passages.of([sung("C4 . E4", n_steps=4), sung(". D4", n_steps=2)])
    assert lines.grid(batch, "melody").tolist() == [
        [True, False, True, False],
        [False, True] + [False] * 2,
    ]
    assert lines.steps_inside(batch).tolist() == [[True] * 4, [True] * 2 + [False] * 2]
    assert lines.sounding(batch, "melody").tolist() == [[True] * 4, [False, True, False, False]]


def test_hits_are_told_by_class() -> None:
    """Percussion of no class is no hit."""
    batch = Passages.of([drummed("k . sh", n_steps=4)])
    assert np.argwhere(lines.hits(batch)[0]).tolist() == [[0, 0], [2, 1], [2, 2]]
    odd = Passages.of([Passage.of(sequence([(0.0, 0.1, 88)], is_drum=True))])
    assert not lines.hits(odd).any()


def test_which_passages_sound_depends_on_the_parts_asked_for() -> None:
    """Any of them is enough."""
    batch = Passages.of([trio(melody="C4"), trio(drums="k"), trio()])
    assert lines.sounds(batch, ("melody", "bass")).tolist() == [True, False, False]
    assert lines.sounds(batch, TRIO).tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("steps_per_bar", "expected"),
    [
        (16, [(0, 0), (0, 15), (1, 0)]),
        (12, [(0, 0), (1, 3), (1, 4)]),
        (3.5, [(0, 0), (4, 1), (4, 2)]),
    ],
)
def test_places_are_counted_from_the_bar_line(steps_per_bar, expected) -> None:
    """Steps 0, 15 and 16, in bars of any length."""
    batch = Passages.of([sung("C4", steps_per_bar=steps_per_bar)])
    bar, place = lines.bar_and_place(batch, np.zeros(3, int), np.array([0, 15, 16]))
    assert list(zip(bar.tolist(), place.tolist(), strict=True)) == expected


def test_bars_that_are_begun_count() -> None:
    """Thirty-two sixteenths are two bars of 4/4 and three of 3/4."""
    batch = Passages.of([sung("C4"), sung("C4", steps_per_bar=12), sung("C4", n_steps=4)])
    assert lines.n_bars(batch).tolist() == [2, 3, 1]


def test_a_share_of_nothing_is_nothing() -> None:
    """Passage 1 has none of what is counted."""
    true = np.array([True, False, True])
    assert lines.share(np.array([0, 0, 2]), true, 3).tolist() == [0.5, 0.0, 1.0]
