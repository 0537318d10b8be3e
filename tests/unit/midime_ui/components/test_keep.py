"""Saving and sharing say what they store, and nothing is stored unasked."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from midime_engine.errors import LibraryError
from midime_engine.music.playback import Playback
from midime_ui import library, navigation
from midime_ui.state import Visit
from midime_ui.studies import Songless
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def script(study: Study, personal: Personal, visit: Visit | None = None) -> None:
    """The component alone, unfolded."""
    import streamlit as st

    from midime_ui import state
    from midime_ui.components import keep, sliders

    st.session_state["keep"] = True
    if visit is not None:
        state.set_visit(visit)
    keep.show(study, personal, sliders.Position((1.5, 0.0, 0.0), None, 4))


@pytest.fixture(autouse=True)
def _without_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "show_link", lambda _step: None)


def link(page: AppTest, mark: str) -> dict[str, list[str]]:
    """What the address with ``mark`` asks for."""
    return parse_qs(urlsplit(next(c.value for c in page.code if mark in c.value)).query)


def test_nothing_of_the_song_is_stored_unless_it_is_asked_for(
    study: Study, personal: Personal
) -> None:
    """And the page says so, for both."""
    page = perform(script, study=study, personal=personal)
    assert words(page).count("Not stored: the song.") == 2
    page.button(key="keep_save").click().run()
    (saved,) = library.library().list_saved(owner_of(page))
    assert not saved.has_songs
    assert saved.name == "tune"


def test_with_the_song_if_it_is_asked_for(study: Study, personal: Personal) -> None:
    """Then that is said."""
    page = perform(script, study=study, personal=personal)
    page.radio(key="keep_what").set_value("The MidiMe and the song").run()
    assert "the MIDI file of the song" in words(page)
    page.text_input(key="keep_name").set_value("Mine")
    page.button(key="keep_save").click().run()
    (saved,) = library.library().list_saved(owner_of(page))
    assert saved.has_songs
    assert saved.name == "Mine"
    assert "only way back" in words(page)


def test_a_link_states_its_end_and_holds_the_sliders(study: Study, personal: Personal) -> None:
    """Where they stand now."""
    page = perform(script, study=study, personal=personal)
    page.selectbox(key="share_days").set_value(7).run()
    page.button(key="share_make").click().run()
    asked = link(page, "share=")
    assert (asked["z0"], asked["seed"], asked["daring"]) == (["1.5"], ["4"], ["0"])
    ends = dt.datetime.now(dt.UTC) + dt.timedelta(days=7)
    assert f"until {ends.day} {ends:%B %Y}" in words(page)


def test_without_the_song_there_is_no_choice(study: Study, personal: Personal) -> None:
    """What is not here cannot be stored."""
    bare = replace(study, sources=(), songless=Songless("x", Playback()))
    page = perform(script, study=bare, personal=personal)
    assert not page.radio
    page.button(key="keep_save").click().run()
    assert page.success


def test_a_visitor_is_offered_nothing(study: Study, personal: Personal) -> None:
    """What somebody else shares is theirs."""
    visit = Visit("a", "x", dt.datetime.now(dt.UTC), with_songs=True)
    page = perform(script, study=study, personal=personal, visit=visit)
    assert not page.button
    assert not page.expander


def test_a_library_that_does_not_answer_is_said_in_place(
    study: Study, personal: Personal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest of the page goes on."""

    def fail() -> None:
        raise LibraryError("It is away.", remedy="Wait.")

    monkeypatch.setattr(library, "library", fail)
    page = perform(script, study=study, personal=personal)
    assert "It is away" in page.error[0].value


def owner_of(page: AppTest):
    """Who has saved."""
    from midime_engine.library import Owner

    return Owner.by_secret(page.session_state["owner"])
