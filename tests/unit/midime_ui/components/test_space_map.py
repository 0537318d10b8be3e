"""A click on the map moves the sliders, or chooses the ends of a journey."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import streamlit as st

from midime_engine.midime import persistence
from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.model import MidiMe
from midime_engine.music.playback import Playback
from midime_ui import personal_space
from midime_ui.components import space_map
from midime_ui.landscape import landscape
from midime_ui.position import on_sliders
from midime_ui.studies import Songless
from midime_ui.tray import Item
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study

KEPT = Item("i", "Hook", None, (), (0.5, -0.25, 1.0), b"", (0, 1), 0, None)


def script(study: Study, personal: Personal) -> None:
    """The component in the middle of its space."""
    from midime_ui import personal_space
    from midime_ui.components import space_map
    from midime_ui.position import Position

    size = personal_space.space(personal).config.latent_size
    space_map.show(study, personal, Position((0.0,) * size, None, 0))


@pytest.fixture
def ground(study: Study, personal: Personal) -> space_map._Ground:
    """What can be clicked."""
    land = landscape(study, personal)
    assert land is not None
    return space_map._Ground(land, (KEPT,), (0.0, 0.0, 0.1))


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Without a browser."""
    values: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", values)
    return values


def test_a_click_moves_the_sliders_to_the_very_thing(
    ground: space_map._Ground, session: dict[str, object], study: Study, personal: Personal
) -> None:
    """A piece of the song, something kept, a place; the same one twice counts twice."""
    expected = {
        ("chunk", 2): on_sliders(personal_space.points_of_song(study, personal)[2]),
        ("sample", 0): (0.5, -0.25, 1.0),
        ("place", 5): ground.land.point_at(5),
    }
    for n, (hit, point) in enumerate(expected.items(), start=1):
        space_map._click(ground, *hit)
        assert tuple(session[f"z{i}"] for i in range(3)) == point
        assert session["map_clicks"] == n


@pytest.mark.parametrize("hit", [("chunk", 99), ("sample", 1), ("place", 10**6), ("x", 0)])
def test_a_click_on_what_is_gone_does_nothing(
    ground: space_map._Ground, session: dict[str, object], hit: tuple[str, int]
) -> None:
    """The page may have changed while the finger was on its way."""
    space_map._click(ground, *hit)
    assert not session


def test_two_clicks_are_the_ends_of_a_journey(
    ground: space_map._Ground, session: dict[str, object]
) -> None:
    """The sliders stay; a third click begins another one."""
    session["map_mode"] = space_map._TRAVEL
    space_map._click(ground, "here", 0)
    space_map._click(ground, "sample", 0)
    assert session["map_ends"] == ((0.0, 0.0, 0.1), (0.5, -0.25, 1.0))
    assert "z0" not in session
    space_map._click(ground, "place", 5)
    assert session["map_ends"] == (ground.land.point_at(5),)


def test_the_journey_is_played_and_can_be_taken_home(study: Study, personal: Personal) -> None:
    """As soon as both ends are chosen; until then it is said what to do."""
    page = perform(script, study=study, personal=personal)
    assert len(page.get("plotly_chart")) == 1
    page.session_state["map_mode"] = space_map._TRAVEL
    page.run()
    assert "Click where the journey begins" in words(page)
    page.session_state["map_ends"] = ((1.0, 0.0, 0.0),)
    page.run()
    assert "Now click where the journey ends" in words(page)
    page.session_state["map_ends"] = ((1.0, 0.0, 0.0), (-1.0, 0.0, 0.0))
    page.run()
    assert len(page.get("bidi_component")) == 1
    assert [button.label for button in page.get("download_button")] == ["MIDI", "WAV", "MP3"]
    page.slider(key="map_steps").set_value(3).run()
    assert not page.exception


def test_ends_of_another_space_are_forgotten(study: Study, personal: Personal) -> None:
    """A MidiMe with more sliders was at work before."""
    page = perform(script, study=study, personal=personal)
    page.session_state["map_mode"] = space_map._TRAVEL
    page.session_state["map_ends"] = ((1.0,) * 5, (0.0,) * 5)
    page.run()
    assert not page.exception
    assert "Click where the journey begins" in words(page)


def test_without_the_song_there_is_a_map_all_the_same(study: Study, personal: Personal) -> None:
    """And none with a single slider, which is said."""
    bare = replace(study, sources=(), songless=Songless("x", Playback()))
    page = perform(script, study=bare, personal=personal)
    assert len(page.get("plotly_chart")) == 1
    assert "of your song, and where" not in words(page)
    single = replace(personal, data=persistence.to_bytes(MidiMe(MidiMeConfig(latent_size=1)), {}))
    page = perform(script, study=study, personal=single)
    assert not page.get("plotly_chart")
    assert "needs no map" in words(page)
