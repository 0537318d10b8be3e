"""A training on ratings: offered, started, watched, stopped."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from midime_engine.errors import TrainingError
from midime_engine.pipelines import constrain
from midime_engine.pipelines.constrain import Constraining
from midime_engine.pipelines.rated import Rated
from midime_engine.ratings.ballots import like
from midime_ui import ground as grounds
from midime_ui.components import taste_training_panel
from midime_ui.components.taste_training_panel import LEAST
from midime_ui.ground import Ground
from tests.support.leaning import STEPS, a_lesson, ratings_of
from tests.support.ruling import a_constraint
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from midime_ui.rating_state import Lesson
    from midime_ui.studies import Study


def script(ground: Ground, given: Rated, lesson: Lesson | None = None) -> None:
    """The panel, as the page uses it."""
    import streamlit as st

    from midime_ui import rating_state
    from midime_ui.components import taste_training_panel

    if lesson is not None:
        rating_state.set_lesson(lesson)
    taste_training_panel.collect()
    st.session_state["watched"] = taste_training_panel.is_watching()
    if taste_training_panel.is_watching():
        taste_training_panel.show_watched()
    else:
        taste_training_panel.show_offer(ground, given, whose="yours")
    known = rating_state.lesson()
    if known is not None:
        taste_training_panel.show_last(known)
        st.session_state["result"] = (known.whose, known.learnt.rules.model, known.given.key)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constrain, "start", lambda *_: Constraining(a_constraint(), iter(STEPS)))


@pytest.fixture
def ground(study: Study) -> Ground:
    """All that the fake plays."""
    return Ground(study.model)


def wait(page: AppTest) -> None:
    """Until nothing is watched any more."""
    deadline = time.monotonic() + 20
    while page.session_state["watched"] and time.monotonic() < deadline:
        time.sleep(0.1)
        page.run()
    assert not page.exception
    assert not page.session_state["watched"]


def test_too_few_ratings_are_not_trained_on(ground: Ground) -> None:
    """It says how many are missing."""
    page = perform(script, ground=ground, given=ratings_of(ground, LEAST - 2))
    assert page.button(key="taste_start").disabled
    assert "2 ratings more" in words(page)


def test_a_training_leads_to_a_lesson(ground: Ground) -> None:
    """With the ratings from which it was learnt, and how."""
    given = ratings_of(ground, 12)
    page = perform(script, ground=ground, given=given)
    page.button(key="taste_start").click().run()
    wait(page)
    assert page.session_state["result"] == ("yours", "mel_2bar", given.key)
    assert "From 12 ratings (yours), it has listened to 512 pieces by itself" in words(page)


def test_one_sided_ratings_are_refused_in_words(ground: Ground) -> None:
    """Nothing is trained."""
    tokens = grounds.pieces(ground).tokens
    given = Rated.of(tokens, [like(i) for i in range(LEAST)])
    page = perform(script, ground=ground, given=given)
    page.button(key="taste_start").click().run()
    assert "You have liked everything so far" in words(page)
    assert not page.session_state["watched"]


def test_a_training_that_fails_says_why(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """And can be started again."""

    def fail(*_: object) -> None:
        raise TrainingError("It went wrong.", remedy="Try again.")

    monkeypatch.setattr(constrain, "start", fail)
    page = perform(script, ground=ground, given=ratings_of(ground, 12))
    page.button(key="taste_start").click().run()
    wait(page)
    page.run()
    assert "It went wrong" in words(page)
    assert not page.button(key="taste_start").disabled


def test_what_was_stopped_is_said_to_be(ground: Ground) -> None:
    """In the line above its curve."""
    lesson = a_lesson(ground, stopped_early=True)
    page = perform(script, ground=ground, given=ratings_of(ground, 4), lesson=lesson)
    assert page.expander[0].label == "How it was learnt (9 s, stopped by you)"


def test_of_what_came_from_a_file_no_training_is_shown(ground: Ground) -> None:
    """It was somewhere else."""
    lesson = replace(a_lesson(ground), given=None)

    def told() -> None:
        taste_training_panel.show_last(lesson)

    assert not perform(told).expander
