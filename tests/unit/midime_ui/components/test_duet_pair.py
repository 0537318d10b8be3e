"""From which model to which."""

from __future__ import annotations

import pytest

from midime_engine.translation import embedded
from midime_ui import duets
from tests.support.duets import DRUMS, MELODY, an_own_carrier, the_general
from tests.support.stage import perform, words

pytestmark = pytest.mark.usefixtures("fakes")


def script(model: str | None, lessons: tuple[duets.Lesson, ...] = ()) -> None:
    """The component alone."""
    import streamlit as st

    from midime_ui import duets
    from midime_ui.components import duet_pair

    for lesson in lessons:
        duets.remember(lesson)
    pair = duet_pair.ask(model)
    st.session_state["result"] = (pair, duet_pair.ask_carrier(pair))


def test_one_begins_with_what_can_be_heard_at_once() -> None:
    """From the model at work, with the translator that there is."""
    pair, carrier = perform(script, model=None).session_state["result"]
    assert (pair.source, pair.pairing.target) == (MELODY, DRUMS)
    assert carrier == the_general()


def test_why_others_make_no_sense_is_in_the_help() -> None:
    """They are not offered."""
    target = perform(script, model=None).selectbox[1]
    assert "nothing to add" in target.help
    assert not any("Melody" in option for option in target.options)


def test_a_source_that_is_given_cannot_be_changed() -> None:
    """Music of the sliders is of one model."""
    page = perform(script, model=DRUMS)
    assert page.text_input[0].disabled
    assert page.session_state["result"][0].pairing.target == MELODY


def test_between_several_translators_one_chooses() -> None:
    """The latest of one's own is asked first."""
    lesson = duets.Lesson(an_own_carrier(songs=["*Song*.mid"]))
    page = perform(script, model=None, lessons=(lesson,))
    assert page.session_state["result"][1] == lesson.carrier
    group = page.button_group[0]
    assert list(group.options) == [
        "Learnt from \\*Song\\*",
        "The general one",
    ]


def test_without_any_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """And where one comes from."""
    monkeypatch.setattr(embedded, "available", tuple)
    page = perform(script, model=None)
    assert page.session_state["result"][1] is None
    assert "No translator comes with MidiMe from Melody, 2 bars to Drums, 2 bars" in words(page)
