"""The player beside the sliders."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from midime_engine.music.playback import Playback
from midime_ui.studies import Songless
from tests.support.players import told
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def script(study: Study, personal: Personal) -> None:
    """The component alone."""
    from midime_ui.components import workbench

    workbench.show(study, personal)


def foremost(page: AppTest) -> str:
    """What the workbench begins with."""
    return page.main.children[0].children[0].type


def test_the_variation_says_what_it_has_of_the_song(study: Study, personal: Personal) -> None:
    """One player, and the share in a sentence; without the song there is nothing to say."""
    page = perform(script, study=study, personal=personal)
    assert [each["place"] for each in told(page)] == ["ahead", "stand"]
    assert "of your song" in words(page)
    bare = replace(study, sources=(), songless=Songless("x", Playback()))
    page = perform(script, study=bare, personal=personal)
    assert [each["place"] for each in told(page)] == ["ahead", "stand"]
    assert "of your song" not in words(page)


def test_once_the_sliders_are_there_the_sound_comes_before_everything_else(
    study: Study, personal: Personal
) -> None:
    """It is the sound of where they have been moved to."""
    page = perform(script, study=study, personal=personal)
    first = told(page)[0]["hash"]
    assert foremost(page) != "bidi_component"
    page.slider(key="z0").set_value(2.5).run()
    assert foremost(page) == "bidi_component"
    assert page.slider(key="z0").value == 2.5
    moved = perform(script, study=study, personal=personal)
    moved.session_state["z0"] = 2.5
    assert told(moved.run())[0]["hash"] == told(page)[0]["hash"] != first


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
