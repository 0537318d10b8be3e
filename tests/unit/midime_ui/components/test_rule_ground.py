"""What rules are tried on."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from midime_ui import state
from midime_ui.components import rule_ground
from midime_ui.state import Visit
from midime_ui.studies import Songless
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def script() -> None:
    """The component, and a button to another model."""
    import streamlit as st

    from midime_ui.components import rule_ground

    st.button("Drums", key="drums", on_click=rule_ground.start_from, args=("drums_2bar",))
    ground = rule_ground.show()
    st.session_state["result"] = (ground.model, ground.personal is not None)


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch, study: Study) -> pytest.MonkeyPatch:
    """Somebody with a song and no MidiMe."""
    monkeypatch.setattr(state, "explorable", lambda: study)
    monkeypatch.setattr(state, "personal", lambda: None)
    monkeypatch.setattr(state, "visit", lambda: None)
    return monkeypatch


def test_without_a_midime_there_are_the_models(session: pytest.MonkeyPatch) -> None:
    """Any of them, whatever the song."""
    del session
    page = perform(script)
    assert page.session_state["result"] == ("mel_2bar", False)
    assert "Train a MidiMe on a song first" in words(page)
    page.selectbox(key="rules_model").set_value("drums_2bar").run()
    assert page.session_state["result"] == ("drums_2bar", False)


def test_a_midime_is_what_one_begins_with(session: pytest.MonkeyPatch, personal: Personal) -> None:
    """All that the model can play is a click away."""
    session.setattr(state, "personal", lambda: personal)
    page = perform(script)
    assert page.session_state["result"] == ("mel_2bar", True)
    page.segmented_control(key="rules_start_from").set_value("All that the model can play").run()
    assert page.session_state["result"] == ("mel_2bar", False)


@pytest.mark.parametrize("has_midime", [False, True])
def test_one_can_be_taken_to_another_model(
    session: pytest.MonkeyPatch, personal: Personal, *, has_midime: bool
) -> None:
    """Also from the MidiMe with which one begins; there is a way back."""
    if has_midime:
        session.setattr(state, "personal", lambda: personal)
    page = perform(script)
    page.button(key="drums").click().run()
    assert page.session_state["result"] == ("drums_2bar", False)
    assert page.selectbox(key="rules_model").value == "drums_2bar"
    page.selectbox(key="rules_model").set_value("mel_2bar").run()
    assert page.session_state["result"] == ("mel_2bar", False)


def test_a_midime_of_other_notes_is_none(session: pytest.MonkeyPatch, personal: Personal) -> None:
    """Its space would be that of the song before."""
    session.setattr(state, "personal", lambda: replace(personal, fingerprint="another"))
    assert rule_ground.own_midime() is None


def test_somebody_elses_is_theirs(
    session: pytest.MonkeyPatch, study: Study, personal: Personal
) -> None:
    """One may listen, and change nothing."""
    session.setattr(state, "personal", lambda: personal)
    assert rule_ground.own_midime() == (study, personal)
    visit = Visit("x", "x", dt.datetime(2030, 1, 1, tzinfo=dt.UTC), with_songs=True)
    session.setattr(state, "visit", lambda: visit)
    assert rule_ground.own_midime() is None


def test_one_that_was_opened_without_its_song_will_do(
    session: pytest.MonkeyPatch, study: Study, personal: Personal
) -> None:
    """It knows enough of it."""
    from midime_engine.music.playback import Playback

    songless = replace(study, sources=(), songless=Songless("x", Playback()))
    session.setattr(state, "explorable", lambda: songless)
    session.setattr(state, "personal", lambda: replace(personal, fingerprint="whatever"))
    found = rule_ground.own_midime()
    assert found is not None
    assert found[0] == songless
