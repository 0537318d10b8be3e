"""One song: its tracks, and the choice between them."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

import mido
import pytest

from midime_engine.plots.theme import palette
from midime_ui import studies
from midime_ui.studies import Source
from tests.support import stage
from tests.support.stage import perform, words
from tests.support.studio import a_tune

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from midime_ui.studies import Study


def script(source: Source, model: str = "mel_2bar") -> None:
    """The component alone."""
    import streamlit as st

    from midime_ui import model_at_work, models, state
    from midime_ui.components import song_card

    state.set_sources((source,))
    model_at_work.choose_model(model)
    song_card.show(source, models.base_model(model))
    st.session_state["study"] = state.study()


def two_tracks(folder: Path) -> Source:
    """A lead and the same an octave lower."""
    path = folder / "two.mid"
    path.write_bytes(a_tune(n_bars=16, qpm=90))
    file = mido.MidiFile(path)
    low = file.add_track("Low")
    low.extend(
        message.copy(note=message.note - 24, channel=1)
        for message in file.tracks[0]
        if message.type in {"note_on", "note_off"}
    )
    file.save(path)
    return Source("two.mid", path.read_bytes())


@pytest.mark.usefixtures("fakes")
def test_the_best_guess_is_chosen_and_explained(source: Source) -> None:
    """With metre, tempo, length and thanks above it."""
    page = perform(script, source=source)
    assert "4/4 · 90 beats per minute · 16 bars · Somebody, CC0" in words(page)
    assert "Its name says lead, one note at a time" in words(page)
    assert page.session_state["study"].tracks == ()


@pytest.mark.usefixtures("fakes")
def test_another_track_can_be_chosen_and_given_up(tmp_path: Path) -> None:
    """The study follows, and comes back."""
    source = two_tracks(tmp_path)
    page = perform(script, source=source)
    box = page.selectbox[0]
    guess, (other,) = box.value, [index for index in (0, 1) if index != box.value]
    box.set_value(other).run()
    assert "Its name says lead" not in words(page)
    assert page.session_state["study"].tracks == ((source.sha256, "melody", other),)
    page.selectbox[0].set_value(guess).run()
    assert page.session_state["study"].tracks == ()


@pytest.mark.usefixtures("fakes")
def test_the_whole_song_can_be_heard_as_well(source: Source) -> None:
    """And not only what the model hears."""
    page = perform(script, source=source)
    page.button_group[0].set_value("The whole song").run()
    assert not page.exception
    assert len(page.get("bidi_component")) == 1


def test_a_trio_takes_its_parts_from_three_tracks(trio: Study) -> None:
    """Each may be another one, bass and drums may be silent; the melody may not."""
    (song,) = trio.sources
    page = perform(script, source=song, model="trio_4bar")
    labels = [box.label for box in page.selectbox]
    assert labels == ["Take the melody from", "Take the bass from", "Take the drums from"]
    melody, bass, drums = page.selectbox
    assert not any("silent" in option for option in melody.options)
    assert all("silent" in box.options[-1] for box in (bass, drums))

    drums.set_value(studies.SILENT).run()
    chosen = page.session_state["study"].tracks
    assert chosen == ((song.sha256, "drums", studies.SILENT),)
    assert set(roll(page)) == {"melody", "bass"}


def test_one_track_for_two_parts_is_remarked(trio: Study) -> None:
    """It is allowed, and hardly what was meant."""
    page = perform(script, source=trio.sources[0], model="trio_4bar")
    assert not page.warning
    melody, bass, _ = page.selectbox
    melody.set_value(bass.value).run()
    assert "same track" in page.warning[0].value


def test_a_choice_survives_another_model(trio: Study) -> None:
    """The box shows what is at work, whichever model asks."""
    (song,) = trio.sources
    page = perform(script, source=song, model="trio_4bar")
    bass = page.selectbox[1].value
    page.selectbox[0].set_value(bass).run()
    for model in ("mel_2bar", "mel_16bar", "trio_4bar"):
        stage._current[:] = [partial(script, source=song, model=model)]
        page.run()
        assert page.selectbox[0].value == bass
        assert page.session_state["study"].tracks == ((song.sha256, "melody", bass),)


def test_the_whole_song_shows_the_chosen_tracks_in_their_colours(trio: Study) -> None:
    """So that the melody is found again among all the others."""
    (song,) = trio.sources
    page = perform(script, source=song, model="trio_4bar")
    page.button_group[0].set_value("The whole song").run()
    roles = palette("light").roles
    colours = {trace["marker"]["color"] for trace in figure(page)["data"]}
    assert colours >= set(roles.values())


def test_a_song_that_lacks_the_part_says_so(drums: Study) -> None:
    """With what to do about it."""
    page = perform(script, source=drums.sources[0], model="mel_2bar")
    assert "No track can be read as a melody" in page.error[0].value
    assert not page.selectbox


def figure(page: AppTest) -> dict:
    """The piano roll as it is sent to the browser."""
    return json.loads(page.get("plotly_chart")[0].proto.spec)


def roll(page: AppTest) -> list[str]:
    """The parts that are drawn."""
    return [trace["name"] for trace in figure(page)["data"]]
