"""Pieces are rated one after another, or two at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_engine.errors import ShareError
from midime_ui import shared_ratings
from midime_ui.components import player
from midime_ui.ground import Ground
from midime_ui.rating_state import Answer
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from midime_ui.studies import Study

TWO = "Which of the two?"


def script(ground: Ground, given: tuple[Answer, ...] = ()) -> None:
    """The board; what was said stands in the session."""
    import streamlit as st

    from midime_ui import rating_state
    from midime_ui.components import rating_board

    if given and "begun" not in st.session_state:
        st.session_state["begun"] = True
        for answer in given:
            rating_state.add(ground, answer)
    rating_board.show(ground)
    st.session_state["said"] = rating_state.answers(ground)


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """Which players were shown, and whether they begin by themselves."""
    shown: list[tuple[str, bool]] = []
    monkeypatch.setattr(
        player, "show", lambda _sequence, *, key, autoplay, **_: shown.append((key, autoplay))
    )
    return shown


@pytest.fixture
def board(study: Study, played: list) -> AppTest:
    """For what the fake plays."""
    del played
    return perform(script, ground=Ground(study.model))


def said(page: AppTest) -> list[str]:
    """Kinds of answers so far."""
    return [answer.kind for answer in page.session_state["said"]]


def test_every_answer_brings_another_piece(board: AppTest) -> None:
    """Like, dislike, skip; each about one that was not heard before."""
    for key in ("rating_like_l", "rating_dislike_d", "rating_skip_s"):
        board.button(key=key).click().run()
    assert said(board) == ["like", "dislike", "skip"]
    pieces = [answer.pieces[0] for answer in board.session_state["said"]]
    assert len(set(pieces)) == 3


def test_every_answer_has_a_key(board: AppTest) -> None:
    """Which stands on its button."""
    shortcuts = {button.label: button.proto.shortcut.lower() for button in board.button}
    assert shortcuts["Like"] == "l"
    assert shortcuts["Dislike"] == "d"
    assert shortcuts["Skip"] == "s"
    assert shortcuts["Undo"] == "u"


def test_of_two_pieces_one_is_better(board: AppTest) -> None:
    """The better one stands first, whichever of the two it is."""
    board.segmented_control(key="rating_way").set_value(TWO).run()
    board.button(key="rating_prefer_b").click().run()
    board.button(key="rating_prefer_a").click().run()
    board.button(key="rating_skip_s").click().run()
    assert said(board) == ["prefer", "prefer", "skip"]
    pieces = [piece for answer in board.session_state["said"] for piece in answer.pieces]
    assert len(set(pieces)) == 6


def test_the_last_answer_can_be_taken_back(board: AppTest) -> None:
    """Then the same piece is asked about again; or all are forgotten."""
    assert board.button(key="rating_undo").disabled
    board.button(key="rating_like_l").click().run()
    first = board.session_state["said"][0]
    board.button(key="rating_undo").click().run()
    board.button(key="rating_dislike_d").click().run()
    assert board.session_state["said"] == (Answer("dislike", first.pieces),)
    board.button(key="rating_like_l").click().run()
    board.button(key="rating_forget").click().run()
    assert said(board) == []


def test_nothing_sounds_before_the_first_answer(board: AppTest, played: list) -> None:
    """Then the next one begins by itself, unless that is not wished; of two the first one does."""
    assert played[-1] == ("rating_one", False)
    board.button(key="rating_like_l").click().run()
    assert played[-1] == ("rating_one", True)
    board.segmented_control(key="rating_way").set_value(TWO).run()
    assert played[-2:] == [("rating_a", True), ("rating_b", False)]
    board.toggle(key="rating_at_once").set_value(False).run()
    assert played[-2:] == [("rating_a", False), ("rating_b", False)]


def test_after_the_last_piece_it_says_so(study: Study, played: list) -> None:
    """One can still take something back."""
    heard = tuple(Answer("skip", (i,)) for i in range(256))
    page = perform(script, ground=Ground(study.model), given=heard)
    assert "You have heard every piece" in words(page)
    assert not played
    page.button(key="rating_undo").click().run()
    assert played


def test_what_could_not_be_stored_counts_all_the_same(
    board: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And is said once; a skip stores nothing."""

    def fail(_ground: Ground) -> None:
        raise ShareError("The link has ended.", remedy="Ask for another.")

    monkeypatch.setattr(shared_ratings, "store", fail)
    board.button(key="rating_skip_s").click().run()
    assert "The link has ended" not in words(board)
    board.button(key="rating_like_l").click().run()
    assert "The link has ended" in words(board)
    assert said(board) == ["skip", "like"]
    board.run()
    assert "The link has ended" not in words(board)
