"""What the histogram of a rule shows."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.plots.rule_histogram import N_BINS, counted, figure

VALUES = np.array([0.0, 0.04, 0.5, 0.74, 0.75, 1.0, 1.0, 1.0])


def test_every_piece_is_counted_once() -> None:
    """Also those at both ends."""
    counts = counted(VALUES)
    assert counts.sum() == len(VALUES)
    assert counts[0] == 2
    assert counts[-1] == 3
    assert len(counts) == N_BINS


@pytest.mark.parametrize("k", range(N_BINS + 1))
def test_a_share_that_is_a_border_belongs_to_what_follows(k: int) -> None:
    """Whatever the last bit of the division says."""
    assert counted(np.array([k / N_BINS])).argmax() == min(k, N_BINS - 1)


def test_pieces_that_keep_the_rule_are_told_from_those_that_do_not() -> None:
    """Both as shares of all pieces, in percent."""
    drawn = figure(VALUES, VALUES >= 0.75, enough=0.75)
    kept, others = drawn.data[:2]
    assert sum(kept.y) == pytest.approx(50)
    assert sum(others.y) == pytest.approx(50)
    assert kept.marker.color != others.marker.color


@pytest.mark.parametrize(("is_upper", "said"), [(False, "at least"), (True, "at most")])
def test_what_is_asked_for_is_a_line(*, is_upper: bool, said: str) -> None:
    """With a word that says on which side one shall be."""
    drawn = figure(VALUES, VALUES >= 0.5, enough=0.5, is_upper_limit=is_upper)
    assert drawn.layout.shapes[0].x0 == 50
    assert drawn.layout.annotations[0].text == said


def test_the_same_pieces_afterwards_are_an_outline() -> None:
    """Named in the legend."""
    drawn = figure(VALUES, VALUES >= 0.5, enough=0.5, after=np.ones(8))
    assert drawn.data[2].name == "after"
    assert max(drawn.data[2].y) == 100
    assert drawn.layout.showlegend


def test_without_pieces_it_says_so() -> None:
    """Instead of an empty frame."""
    drawn = figure(np.zeros(0), np.zeros(0, bool), enough=0.5)
    assert any("Nothing" in note.text for note in drawn.layout.annotations)


def test_there_is_one_verdict_for_each_piece() -> None:
    """Anything else is a mistake of the caller."""
    with pytest.raises(ValueError, match="8 pieces"):
        figure(VALUES, np.zeros(3, bool), enough=0.5)
