"""The player beside the sliders."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from midime_engine.music.playback import Playback
from midime_ui.studies import Songless
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def script(study: Study, personal: Personal) -> None:
    """The component alone."""
    from midime_ui.components import workbench

    workbench.show(study, personal)


def players(page: AppTest) -> list[dict[str, Any]]:
    """What the players are told, in the order in which they are sent."""
    sent = [each.proto for each in page.get("bidi_component")]
    packed = [each.bytes for each in sent if each.component_name == "midime_player"]
    return [json.loads(each[4 : 4 + int.from_bytes(each[:4], "little")]) for each in packed]


def foremost(page: AppTest) -> str:
    """What the workbench begins with."""
    return page.main.children[0].children[0].type


def test_the_variation_says_what_it_has_of_the_song(study: Study, personal: Personal) -> None:
    """One player, and the share in a sentence; without the song there is nothing to say."""
    page = perform(script, study=study, personal=personal)
    assert [each["place"] for each in players(page)] == ["ahead", "stand"]
    assert "of your song" in words(page)
    bare = replace(study, sources=(), songless=Songless("x", Playback()))
    page = perform(script, study=bare, personal=personal)
    assert [each["place"] for each in players(page)] == ["ahead", "stand"]
    assert "of your song" not in words(page)


def test_once_the_sliders_are_there_the_sound_comes_before_everything_else(
    study: Study, personal: Personal
) -> None:
    """It is the sound of where they have been moved to."""
    page = perform(script, study=study, personal=personal)
    first = players(page)[0]["hash"]
    assert foremost(page) != "bidi_component"
    page.slider(key="z0").set_value(2.5).run()
    assert foremost(page) == "bidi_component"
    assert page.slider(key="z0").value == 2.5
    moved = perform(script, study=study, personal=personal)
    moved.session_state["z0"] = 2.5
    assert players(moved.run())[0]["hash"] == players(page)[0]["hash"] != first


def test_fine_controls_are_heard_and_noted(study: Study, personal: Personal) -> None:
    """They belong to the position that is played and to what can be undone."""
    page = perform(script, study=study, personal=personal)
    before = words(page)
    page.session_state["nudges"] = tuple((i, 2.0) for i in range(8))
    page.run()
    assert words(page) != before
    assert "8 fine controls moved" in words(page)
    page.button(key="undo").click().run()
    assert page.session_state["nudges"] == ()
