"""What holds on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.stage import perform

if TYPE_CHECKING:
    from midime_ui.state import Personal, Study


def script(sources: tuple, personal: object) -> None:
    """The sidebar of a visitor with these songs; its links need a router, so they are left out."""
    from midime_ui import navigation, state
    from midime_ui.components import sidebar

    navigation.show_link = lambda _: None
    state.set_sources(sources)
    if personal is not None:
        state.set_personal(personal)
    sidebar.show()


def test_song_training_model_and_sound_are_named(study: Study, personal: Personal) -> None:
    """In this order."""
    page = perform(script, sources=study.sources, personal=personal)
    text = " ".join(e.value for e in [*page.sidebar.markdown, *page.sidebar.caption])
    assert "tune.mid" in text
    assert "has been trained" in text
    assert "plays" in text


@pytest.mark.usefixtures("fakes")
def test_without_a_song_it_says_so() -> None:
    """A new visitor sees an app that waits for them."""
    page = perform(script, sources=(), personal=None)
    assert page.sidebar.caption[0].value == "No song yet."
