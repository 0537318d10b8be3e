"""Rows of steps."""

from __future__ import annotations

import pytest

from midime_engine.attributes.lines import grid
from midime_engine.attributes.passage import Passages
from midime_engine.attributes.patterns import MAX_STEPS, match, pattern_named
from midime_engine.errors import RuleError
from tests.support.passages import sung


@pytest.mark.parametrize("text", ["x..x..x.", "X--X--X-", "1001 0010", "| x..x | ..x. |"])
def test_a_pattern_may_be_drawn_in_several_ways(text) -> None:
    """Blanks and bar lines are for the eye."""
    assert pattern_named(text) == "x..x..x."


@pytest.mark.parametrize("text", ["", "....", "x.y.", "x" * (MAX_STEPS + 1), "????"])
def test_what_asks_for_no_note_is_no_pattern(text) -> None:
    """Nor what is endless or holds other signs."""
    with pytest.raises(RuleError):
        pattern_named(text)


def test_a_match_weighs_missing_and_additional_onsets_alike() -> None:
    """Dice: one of two is there, one is too many."""
    batch = Passages.of(
        [sung("C4 . . .", n_steps=4), sung("C4 . . C4", n_steps=4), sung("C4 . C4 .", n_steps=4)]
    )
    found = match(batch, grid(batch, "melody"), "x.x.")
    assert found.tolist() == pytest.approx([2 / 3, 0.5, 1.0])


def test_a_pattern_goes_on_until_the_passage_ends() -> None:
    """Every quarter of two bars, and not a step longer in a shorter passage."""
    longer, shorter = sung("C4 . . . " * 8), sung("C4 . . . C4", n_steps=5)
    batch = Passages.of([longer, shorter])
    assert match(batch, grid(batch, "melody"), "x...").tolist() == [1.0, 1.0]


def test_where_either_is_right_nothing_counts() -> None:
    """With and without a note there."""
    batch = Passages.of([sung("C4 C4 . .", n_steps=4), sung("C4 . . .", n_steps=4)])
    assert match(batch, grid(batch, "melody"), "x?..").tolist() == [1.0, 1.0]
