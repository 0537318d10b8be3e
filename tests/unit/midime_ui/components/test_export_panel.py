"""Taking home: every form is offered, and none is made before it is asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from midime_engine.music.playback import Playback
from midime_ui import cutting, exports, listening
from midime_ui.studies import Songless
from tests.support.stage import perform, words

if TYPE_CHECKING:
    import pytest
    from streamlit.testing.v1 import AppTest

    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def script(study: Study, personal: Personal) -> None:
    """The panel, where the sliders are in the middle."""
    from midime_ui import personal_space
    from midime_ui.components import export_panel
    from midime_ui.position import Position

    position = Position((0.0,) * 3, None, 7)
    variation = personal_space.variation(study, personal, position.point, temperature=None, seed=7)
    export_panel.show(study, personal, position, variation)


def labels(page: AppTest) -> list[str]:
    """Of the buttons."""
    return [button.label for button in page.get("download_button")]


def test_everything_is_offered_and_nothing_is_made(
    study: Study, personal: Personal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sound, pages and the zip wait for a click."""

    def never(*_: object, **__: object) -> bytes:
        raise AssertionError("somebody made it")

    for name in ("everything", "loss_page", "map_page", "score", "score_pages"):
        monkeypatch.setattr(exports, name, never)
    monkeypatch.setattr(listening, "sound", never)
    page = perform(script, study=study, personal=personal)
    assert {"MIDI", "WAV", "MP3", "Everything", "Training curve", "Map"} <= set(labels(page))
    assert "midime reproduce" in words(page)


def test_whether_the_song_is_named_is_the_visitors_choice(study: Study, personal: Personal) -> None:
    """Not unless it is wanted; a MidiMe without its song is not asked."""
    page = perform(script, study=study, personal=personal)
    assert page.checkbox(key="export_with_songs").value is False
    songless = replace(study, sources=(), songless=Songless("x", cutting.playback(study)))
    assert not perform(script, study=songless, personal=personal).checkbox


def test_a_midime_that_has_no_curve_offers_none(study: Study, personal: Personal) -> None:
    """It came as a file."""
    page = perform(script, study=study, personal=replace(personal, steps=()))
    assert "Training curve" not in labels(page)
    assert "Map" in labels(page)


def test_the_score_is_engraved_when_somebody_wants_to_read_it(
    study: Study, personal: Personal
) -> None:
    """As a picture, with the file below it."""
    page = perform(script, study=study, personal=personal)
    assert not page.get("image")
    page.session_state["export_score"] = True
    page.run()
    assert not page.exception
    assert len(page.get("image")) == 1
    assert "MusicXML" in labels(page)


def test_a_score_that_cannot_be_written_says_so(study: Study, personal: Personal) -> None:
    """And everything else is offered all the same."""
    playback = Playback(numerator=3, denominator=32)
    strange = replace(study, sources=(), songless=Songless("x", playback))
    page = perform(script, study=strange, personal=personal)
    page.session_state["export_score"] = True
    page.run()
    assert "cannot be written" in words(page)
    assert "Everything" in labels(page)
