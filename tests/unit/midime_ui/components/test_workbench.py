"""The player beside the sliders."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from midime_engine.music.playback import Playback
from midime_ui.state import Songless
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_ui.state import Personal, Study


def script(study: Study, personal: Personal) -> None:
    """The component alone."""
    from midime_ui.components import workbench

    workbench.show(study, personal)


def test_the_variation_says_what_it_has_of_the_song(study: Study, personal: Personal) -> None:
    """One player, and the share in a sentence; without the song there is nothing to say."""
    page = perform(script, study=study, personal=personal)
    assert len(page.get("bidi_component")) == 1
    assert "of your song" in words(page)
    bare = replace(study, sources=(), songless=Songless("x", Playback()))
    page = perform(script, study=bare, personal=personal)
    assert len(page.get("bidi_component")) == 1
    assert "of your song" not in words(page)


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
