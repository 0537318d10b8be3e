"""Ratings of a shared MidiMe reach its owner, and nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import streamlit as st

from midime_engine.errors import ShareError
from midime_ui import (
    library,
    owners,
    rating_state,
    rulebook,
    saving,
    shared_ratings,
    state,
    tasting,
)
from midime_ui.components.sliders import Position
from midime_ui.ground import Ground
from midime_ui.rating_state import Answer
from midime_ui.rules import Applied
from midime_ui.state import Visit
from tests.support.leaning import few_notes
from tests.support.ruling import some_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midime_engine.library import Share
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

POSITION = Position((0.0, 0.0, 0.0), None, 0)


class Desk:
    """Several browsers in front of one server."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.owner: dict[str, object] = {}
        self._monkeypatch = monkeypatch

    def sit(self, session: dict[str, object]) -> None:
        """Use that browser."""
        self._monkeypatch.setattr(st, "session_state", session)

    def visit(self, share: Share) -> None:
        """Open a link in a browser of one's own."""
        self.sit({})
        state.set_visit(Visit(share.id, share.name, datetime.now(UTC), with_songs=False))


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The owner sits in front of it."""
    made = Desk(monkeypatch)
    made.sit(made.owner)
    return made


@pytest.fixture
def ground(study: Study, personal: Personal) -> Ground:
    """What is shared."""
    return Ground(study.model, study, personal)


@pytest.fixture
def share(desk: Desk, study: Study, personal: Personal) -> Share:
    """A link to it; the owner has gone on working."""
    desk.sit(desk.owner)
    state.set_personal(personal)
    return saving.share(study, personal, POSITION, with_songs=False, days=1)


def rate(ground: Ground, n: int) -> None:
    """Give and store that many answers."""
    for answer in few_notes(ground, n):
        rating_state.add(ground, answer)
    shared_ratings.store(ground)


def test_visitors_are_kept_apart(desk: Desk, share: Share, ground: Ground) -> None:
    """By numbers; what they rated is the music that they heard."""
    for n in (8, 5):
        desk.visit(share)
        rate(ground, n)
        expected = tasting.rated(ground, rating_state.answers(ground))
    desk.sit(desk.owner)
    found = shared_ratings.people(ground)
    assert {person.name for person in found} == {"Visitor 1", "Visitor 2"}
    assert sorted(len(person.given.ballots) for person in found) == [5, 8]
    assert expected in [person.given for person in found]


def test_a_visitor_takes_back_one_or_all(desk: Desk, share: Share, ground: Ground) -> None:
    """Under the same number as before; who has said nothing is not there."""
    desk.visit(share)
    rate(ground, 4)
    rater = rating_state.rater()
    rating_state.undo(ground)
    shared_ratings.store(ground)
    visitor = st.session_state
    desk.sit(desk.owner)
    (person,) = shared_ratings.people(ground)
    assert (person.id, len(person.given.ballots)) == (rater, 3)
    desk.sit(visitor)
    rating_state.clear(ground)
    shared_ratings.store(ground)
    desk.sit(desk.owner)
    assert shared_ratings.people(ground) == ()


def test_what_is_only_skipped_is_not_stored(desk: Desk, share: Share, ground: Ground) -> None:
    """Nor is there a number for it."""
    desk.visit(share)
    rating_state.add(ground, Answer("skip", (0,)))
    shared_ratings.store(ground)
    assert rating_state.rater() is None


def test_the_owners_own_ratings_are_stored_nowhere(
    desk: Desk, share: Share, ground: Ground
) -> None:
    """They are in the session."""
    assert share.saved_id == shared_ratings.saved_id(ground)
    rate(ground, 4)
    desk.sit(desk.owner)
    assert shared_ratings.people(ground) == ()


def test_a_visitor_sees_nobodys_ratings(desk: Desk, share: Share, ground: Ground) -> None:
    """Neither their own as a list, nor those of others."""
    desk.visit(share)
    rate(ground, 3)
    assert shared_ratings.saved_id(ground) is None
    assert shared_ratings.people(ground) == ()
    shared_ratings.delete(ground, None)
    desk.sit(desk.owner)
    assert len(shared_ratings.people(ground)) == 1


def test_the_owner_deletes_them(desk: Desk, share: Share, ground: Ground) -> None:
    """Those of one, then all."""
    for _ in range(3):
        desk.visit(share)
        rate(ground, 2)
    desk.sit(desk.owner)
    first, *others = shared_ratings.people(ground)
    shared_ratings.delete(ground, first.id)
    assert [each.id for each in shared_ratings.people(ground)] == [each.id for each in others]
    shared_ratings.delete(ground, None)
    assert shared_ratings.people(ground) == ()


def test_rules_make_no_other_midime_of_it(desk: Desk, share: Share, ground: Ground) -> None:
    """What visitors said is about its music without them."""
    assert ground.personal is not None
    rulebook.apply(ground.personal, Applied(some_rules()))
    desk.sit(desk.owner)
    assert shared_ratings.saved_id(ground) == share.saved_id
    other = replace(ground, personal=replace(ground.personal, data=ground.personal.data + b" "))
    assert shared_ratings.saved_id(other) is None


def test_an_ended_link_stores_nothing_more(desk: Desk, share: Share, ground: Ground) -> None:
    """And says why."""
    owner = owners.require_owner()
    library.library().shares.revoke(owner, share.id)
    desk.visit(share)
    with pytest.raises(ShareError, match="ended by whoever made it"):
        rate(ground, 2)
