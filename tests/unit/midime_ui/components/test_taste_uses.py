"""What a taste is good for once it is learnt."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from midime_ui import navigation, rulebook, state
from midime_ui.components import rule_ground
from midime_ui.ground import Ground
from midime_ui.rating_state import Lesson
from midime_ui.rulebook import Learnt
from midime_ui.rules import Applied
from tests.support.leaning import a_lesson
from tests.support.ruling import a_melody
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def script(ground: Ground, lesson: Lesson) -> None:
    """What is offered."""
    from midime_ui.components import taste_uses

    taste_uses.show(ground, lesson, 0.5)


def opening(ground: Ground, lesson: Lesson) -> None:
    """The field for a file, below what was learnt before."""
    import streamlit as st

    from midime_ui import rating_state
    from midime_ui.components import taste_uses

    known = rating_state.lesson()
    if known is None:
        rating_state.set_lesson(known := lesson)
    st.session_state["result"] = known
    taste_uses.show_open(ground)


@pytest.fixture
def applied(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was applied to what, and where one went then."""
    happened: list[object] = []
    monkeypatch.setattr(rulebook, "apply", lambda *given: happened.append(given))
    monkeypatch.setattr("streamlit.switch_page", happened.append)
    return happened


@pytest.fixture(autouse=True)
def links(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Where links lead."""
    shown: list[object] = []
    monkeypatch.setattr(navigation, "show_link", lambda step, **_: shown.append(step))
    return shown


def test_it_acts_on_the_midime_of_the_session(
    study: Study, personal: Personal, applied: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As strongly as was chosen; then its sliders are shown."""
    monkeypatch.setattr(rule_ground, "own_midime", lambda: (study, personal))
    lesson = a_lesson(Ground(study.model))
    page = perform(script, ground=Ground(study.model), lesson=lesson)
    page.button(key="taste_apply").click().run()
    assert applied == [
        (personal, Applied(lesson.learnt.rules, 0.5)),
        navigation.EXPLORE.path,
    ]


def test_a_visitor_hears_it_in_what_is_shared(
    study: Study, personal: Personal, applied: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For themselves: the owner's stays as it is."""
    when = datetime(2030, 1, 1, tzinfo=UTC)
    visit = state.Visit("id", "Song", when, with_songs=False)
    monkeypatch.setattr(state, "visit", lambda: visit)
    ground = Ground(study.model, study, personal)
    page = perform(script, ground=ground, lesson=a_lesson(ground))
    page.button(key="taste_apply").click().run()
    assert applied[0][0] == personal


def test_without_a_midime_it_leads_to_a_song(study: Study, links: list) -> None:
    """The taste can be downloaded all the same."""
    page = perform(script, ground=Ground(study.model), lesson=a_lesson(Ground(study.model)))
    assert page.button(key="taste_apply").disabled
    assert links == [navigation.UPLOAD]
    assert len(page.get("download_button")) == 1


def test_a_midime_of_another_model_does_not_fit(
    study: Study, personal: Personal, links: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It leads to a training."""
    monkeypatch.setattr(rule_ground, "own_midime", lambda: (study, personal))
    ground = Ground("drums_2bar")
    page = perform(script, ground=ground, lesson=a_lesson(ground))
    assert page.button(key="taste_apply").disabled
    assert links == [navigation.TRAIN]


def test_a_taste_comes_back_from_its_file(study: Study) -> None:
    """In the place of the one before, without the ratings from which it was learnt."""
    ground = Ground(study.model)
    saved = a_lesson(ground, tokens=a_melody((60,)))
    page = perform(opening, ground=ground, lesson=a_lesson(ground))
    file = ("taste.safetensors", saved.learnt.rules.data, "application/octet-stream")
    page.file_uploader(key="taste_file").set_value(file).run()
    assert not page.exception
    assert page.session_state["result"] == Lesson(Learnt(saved.learnt.rules, ground.key))
    assert "Opened\\: what was liked" in words(page)
