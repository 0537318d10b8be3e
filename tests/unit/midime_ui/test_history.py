"""The way back through what was done."""

from __future__ import annotations

from dataclasses import replace

import pytest
import streamlit as st

from midime_engine.pipelines.draws import Around
from midime_ui import history
from midime_ui.history import MAX_ENTRIES, Moment, describe
from midime_ui.position import Position
from midime_ui.tray import Item
from midime_ui.variations import Board

BOARD = Board("a", (1, 2, 3, 4, 5, 6, 7, 8), 9)
START = Position((0.0, 0.0), None, 0)


@pytest.fixture(autouse=True)
def _session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(st, "session_state", {})


def item(name: str) -> Item:
    """Something kept."""
    return Item(name, name, None, (0.0,), None, b"", (0, 1), 0, None)


def at(x: float) -> Position:
    """Somewhere."""
    return Position((x, 0.0), None, 0)


def test_what_has_not_changed_is_not_noted() -> None:
    """The page is drawn many times at one place."""
    assert history.record("a", START, ())
    assert not history.record("a", START, ())
    assert history.record("a", START, (item("x"),))
    assert len(history.history("a").moments) == 2


def test_going_back_and_forth_changes_nothing_of_what_was() -> None:
    """Noting where one went back to ends nothing; something new ends what lay ahead."""
    for x in range(3):
        history.record("a", at(x), ())
    assert history.jump("a", 0) == Moment(at(0))
    assert not history.record("a", at(0), ())
    assert history.history("a").can_redo
    assert not history.history("a").can_undo
    history.record("a", at(9), ())
    assert [moment.position for moment in history.history("a").moments] == [at(0), at(9)]
    assert not history.history("a").can_redo


@pytest.mark.parametrize("place", [-1, 1, 99])
def test_there_is_no_way_to_what_never_was(place: int) -> None:
    """A click may come late."""
    history.record("a", START, ())
    assert history.jump("a", place) is None
    assert history.history("a").at == 0


def test_the_oldest_is_forgotten_first() -> None:
    """The list is bounded."""
    for x in range(MAX_ENTRIES + 5):
        history.record("a", at(x), ())
    past = history.history("a")
    assert len(past.moments) == MAX_ENTRIES
    assert past.moments[0].position == at(5)
    assert past.at == MAX_ENTRIES - 1


def test_another_midime_has_another_history() -> None:
    """The same sliders mean something else."""
    history.record("a", START, ())
    assert history.history("b").now is None
    history.record("b", at(1), ())
    assert history.history("a").now is None


@pytest.mark.parametrize(
    ("position", "text"),
    [
        (Position((1.25, 0.0), None, 0), "Slider 1 to 1.25"),
        (Position((1.0, 1.0), None, 0), "Another place"),
        (Position((1.0, 1.0), None, 7), "Seed 7"),
        (Position((0.0, 0.0), 0.5, 0), "Daring 0.5"),
        (Position((0.0, 0.0), None, 0, ((3, 1.0),)), "1 fine control"),
    ],
)
def test_each_entry_says_what_was_done(position: Position, text: str) -> None:
    """In the words of the page."""
    assert describe(Moment(position), Moment(START)) == text


def test_the_way_back_has_its_words_too() -> None:
    """And the beginning, and what was kept and discarded."""
    assert describe(Moment(START), None) == "Start"
    assert describe(Moment(START), Moment(Position((1.0, 1.0), None, 0))) == "Back to the middle"
    nudged = Moment(Position((0.0, 0.0), None, 0, ((3, 1.0),)))
    assert describe(Moment(START), nudged) == "Fine controls off"
    kept = Moment(START, (item("Hook"),))
    assert describe(kept, Moment(START)) == "Kept Hook"
    assert describe(Moment(START), kept) == "Discarded Hook"


def test_a_first_board_is_no_deed_and_a_changed_one_is() -> None:
    """Looking at variations cannot be undone; what is done to them can."""
    history.record("a", START, ())
    assert not history.record("a", START, (), BOARD)
    assert history.history("a").moments == (Moment(START, (), BOARD),)
    assert not history.record("a", START, ()), "as long as it is not looked at"
    after = replace(BOARD, seeds=(1, 9, 3, 4, 5, 6, 7, 8), next_seed=10)
    assert history.record("a", START, (), after)
    assert history.jump("a", 0) == Moment(START, (), BOARD)


def test_what_was_done_to_the_board_is_said() -> None:
    """In the words of its buttons."""
    discarded = Moment(START, (), replace(BOARD, seeds=(1, 9, 3, 4, 5, 6, 7, 8)))
    assert describe(discarded, Moment(START, (), BOARD)) == "Discarded seed 2"
    others = replace(BOARD, seeds=tuple(range(11, 19)))
    assert describe(Moment(START, (), others), Moment(START, (), BOARD)) == "Eight others"
    near = replace(others, origin="seed 4", around=Around((0.0, 0.0), 0.5))
    assert describe(Moment(START, (), near), Moment(START, (), BOARD)) == "Eight near seed 4"
