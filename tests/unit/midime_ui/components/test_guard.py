"""A page that lacks something says what, and where to get it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from midime_ui import cutting, navigation, state, studies
from midime_ui.components import guard

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study


class Stopped(Exception):  # noqa: N818 - the end of a page is no error
    """The page has ended with a link."""


@pytest.fixture(autouse=True)
def stage(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session without a browser; a missing thing raises what would be shown."""

    def stop(what: str, step: navigation.Step) -> None:
        raise Stopped(what, step)

    monkeypatch.setattr(guard, "_missing", stop)
    monkeypatch.setattr("streamlit.session_state", {})


def test_without_a_song_the_way_leads_to_the_songs() -> None:
    """Whatever else is missing, that comes first."""
    with pytest.raises(Stopped) as stopped:
        guard.show_study()
    assert stopped.value.args[1] is navigation.UPLOAD


def test_with_a_song_the_page_goes_on(study: Study) -> None:
    """And gets the study."""
    state.set_sources(study.sources)
    assert guard.show_study() == study


def test_without_a_training_the_way_leads_to_it(study: Study) -> None:
    """The sliders belong to a MidiMe."""
    with pytest.raises(Stopped) as stopped:
        guard.show_personal(study)
    assert stopped.value.args[1] is navigation.TRAIN


def test_the_training_of_another_song_does_not_count(study: Study, personal: Personal) -> None:
    """Of this one it does."""
    state.set_personal(personal)
    assert guard.show_personal(study) is personal
    assert personal.fingerprint == cutting.fingerprint(study)

    state.set_personal(replace(personal, fingerprint="another"))
    with pytest.raises(Stopped) as stopped:
        guard.show_personal(study)
    assert "has changed" in stopped.value.args[0]


def test_a_midime_without_its_songs_can_be_explored(study: Study, personal: Personal) -> None:
    """And nothing else can be done with it."""
    state.set_personal(personal)
    state.set_songless(studies.Songless("x", cutting.playback(study)))
    bare = guard.show_explorable()
    assert guard.show_personal(bare) is personal
    with pytest.raises(Stopped):
        guard.show_study()


def test_with_songs_they_are_what_is_explored(study: Study) -> None:
    """And without anything the way leads to them."""
    with pytest.raises(Stopped):
        guard.show_explorable()
    state.set_sources(study.sources)
    assert guard.show_explorable() == study
