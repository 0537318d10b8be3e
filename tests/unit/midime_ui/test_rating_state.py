"""What one visitor has said, in order."""

from __future__ import annotations

import pytest

from midime_engine.errors import TrainingError
from midime_engine.ratings.ballots import dislike, like, prefer
from midime_ui import rating_state
from midime_ui.ground import Ground
from midime_ui.rating_state import MAX_GROUNDS, Answer, Watched

MEL, DRUMS = Ground("mel_2bar"), Ground("drums_2bar")


@pytest.fixture(autouse=True)
def _empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.session_state", {})


def test_answers_become_ballots() -> None:
    """What was skipped tells nothing, but has been heard."""
    given = (
        Answer("like", (3,)),
        Answer("skip", (4,)),
        Answer("dislike", (5,)),
        Answer("prefer", (7, 6)),
        Answer("skip", (8, 9)),
    )
    assert rating_state.ballots(given) == (like(3), dislike(5), prefer(7, 6))
    assert rating_state.heard(given) == {3, 4, 5, 6, 7, 8, 9}


def test_every_ground_has_answers_of_its_own() -> None:
    """The last one can be taken back, until there is none."""
    rating_state.add(MEL, Answer("like", (1,)))
    rating_state.add(DRUMS, Answer("like", (2,)))
    rating_state.add(MEL, Answer("skip", (3,)))
    assert rating_state.undo(MEL) == Answer("skip", (3,))
    assert rating_state.answers(MEL) == (Answer("like", (1,)),)
    assert rating_state.undo(MEL) == Answer("like", (1,))
    assert rating_state.undo(MEL) is None
    assert rating_state.answers(DRUMS) == (Answer("like", (2,)),)
    rating_state.clear(DRUMS)
    assert rating_state.answers(DRUMS) == ()


def test_a_session_keeps_a_bounded_number() -> None:
    """The ground that was rated longest ago goes first."""
    for i in range(MAX_GROUNDS + 1):
        rating_state.add(Ground(f"model {i}"), Answer("like", (0,)))
    assert rating_state.answers(Ground("model 0")) == ()
    assert rating_state.answers(Ground("model 1")) != ()


def test_it_remembers_what_it_is_told() -> None:
    """A training, what came of it, why nothing did, and a name."""
    assert rating_state.watched() is None
    assert rating_state.lesson() is None
    assert rating_state.failure() is None
    assert rating_state.rater() is None
    error = TrainingError("x", remedy="y")
    rating_state.set_watched(Watched("id", 140))
    rating_state.set_failure(error)
    rating_state.set_rater("r")
    assert rating_state.watched() == Watched("id", 140)
    assert rating_state.failure() is error
    assert rating_state.rater() == "r"
