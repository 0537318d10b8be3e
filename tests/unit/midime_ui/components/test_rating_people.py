"""Whose ratings count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_engine.errors import LibraryError
from midime_ui import shared_ratings
from midime_ui.ground import Ground
from midime_ui.shared_ratings import Person
from tests.support.leaning import ratings_of
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from midime_ui.studies import Study


def script(ground: Ground) -> None:
    """The owner has rated four pieces."""
    import streamlit as st

    from midime_ui import rating_state
    from midime_ui.components import rating_people
    from tests.support.leaning import few_notes

    if "begun" not in st.session_state:
        st.session_state["begun"] = True
        for answer in few_notes(ground, 4):
            rating_state.add(ground, answer)
    given, whose = rating_people.show(ground)
    st.session_state["counted"] = (len(given.ballots), whose)


@pytest.fixture
def ground(study: Study) -> Ground:
    """Something that is rated."""
    return Ground(study.model)


@pytest.fixture
def deleted(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Two visitors have rated; who was deleted."""
    there = [Person(f"p{n}", f"Visitor {n}", ratings_of(ground, 8 + n)) for n in (1, 2)]
    gone: list[str | None] = []

    def delete(_ground: Ground, person: str | None) -> None:
        gone.append(person)
        there[:] = [each for each in there if person is not None and each.id != person]

    monkeypatch.setattr(shared_ratings, "people", lambda _ground: tuple(there))
    monkeypatch.setattr(shared_ratings, "delete", delete)
    return gone


def choose(page: AppTest, who: str) -> tuple[int, str]:
    """How many ratings count then, and whose."""
    page.selectbox(key="rating_whose").set_value(who).run()
    assert not page.exception
    return page.session_state["counted"]


def test_one_counts_ones_own_where_nobody_else_has_rated(ground: Ground) -> None:
    """Nothing is asked."""
    page = perform(script, ground=ground)
    assert page.session_state["counted"] == (4, "yours")
    assert not page.selectbox


def test_who_has_saved_reads_that_others_may_rate(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anybody has."""
    monkeypatch.setattr(shared_ratings, "saved_id", lambda _ground: "saved")
    assert "Whoever opens your share link may rate" in words(perform(script, ground=ground))


def test_ratings_are_kept_apart_and_can_be_pooled(ground: Ground, deleted: list) -> None:
    """One's own, each visitor's, everybody's."""
    page = perform(script, ground=ground)
    assert page.session_state["counted"] == (4, "yours")
    assert "**2 visitors** of your link gave **19 ratings**" in words(page)
    assert choose(page, "p2") == (10, "Visitor 2's")
    assert choose(page, "all") == (23, "everybody's")
    assert deleted == []


def test_the_owner_deletes_those_of_one_or_of_all(ground: Ground, deleted: list) -> None:
    """Who is chosen goes; otherwise everybody does."""
    page = perform(script, ground=ground)
    choose(page, "p1")
    page.button(key="rating_people_delete").click().run()
    assert deleted == ["p1"]
    assert page.session_state["counted"] == (4, "yours")
    page.button(key="rating_people_delete").click().run()
    assert deleted == ["p1", None]
    assert not page.selectbox


def test_a_library_that_does_not_answer_stops_nobody(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One's own ratings count as before."""

    def fail(_ground: Ground) -> None:
        raise LibraryError("The library cannot be reached.", remedy="Try again.")

    monkeypatch.setattr(shared_ratings, "people", fail)
    page = perform(script, ground=ground)
    assert "The library cannot be reached" in words(page)
    assert page.session_state["counted"] == (4, "yours")
