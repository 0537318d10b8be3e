"""What a visitor has asked of the drawings is plain data."""

from __future__ import annotations

import pickle

import pytest

from midime_engine.constraints.training import ConstraintStep
from midime_engine.ratings.ballots import dislike, like
from midime_ui import sketch_state
from midime_ui.sketch_state import BentSketches, WatchedBending


@pytest.fixture(autouse=True)
def session(monkeypatch) -> dict:
    """A session with nothing in it."""
    store: dict = {}
    monkeypatch.setattr("streamlit.session_state", store)
    return store


def test_a_new_visitor_has_asked_nothing() -> None:
    """The first drawings, no rating, no training."""
    assert sketch_state.seed() == 0
    assert sketch_state.ballots() == sketch_state.seen() == ()
    assert sketch_state.bent() is sketch_state.watched() is None


def test_ratings_are_remembered_in_order() -> None:
    """What was skipped has been seen as well, and all can be forgotten."""
    sketch_state.add_ballot(like(4))
    sketch_state.add_skip(7)
    sketch_state.add_ballot(dislike(2))
    assert sketch_state.ballots() == (like(4), dislike(2))
    assert sketch_state.seen() == (4, 7, 2)
    sketch_state.clear_ballots()
    assert sketch_state.ballots() == sketch_state.seen() == ()


def test_all_of_it_can_be_stored(session) -> None:
    """Whatever is kept survives being written down."""
    steps = (ConstraintStep(0, 10, (0.5,), 0.5),)
    bent = BentSketches(b"w", "Rounder", steps, 1.0, 0.1, 0.9, 0.8, ("face", 0.4), (0.9, 0.8))
    sketch_state.set_bent(bent)
    sketch_state.set_watched(WatchedBending("job", "Rounder", 100))
    sketch_state.set_seed(3)
    sketch_state.add_ballot(like(1))
    again = pickle.loads(pickle.dumps(session))  # noqa: S301 - our own
    assert again == session
    assert sketch_state.bent() == bent
    assert sketch_state.seed() == 3
