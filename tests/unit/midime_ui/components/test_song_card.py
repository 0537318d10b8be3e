"""One song: its tracks, and the choice between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mido
import pytest

from midime_ui.state import Source
from tests.support.stage import perform, words
from tests.support.studio import a_tune

if TYPE_CHECKING:
    from pathlib import Path


def script(source: Source) -> None:
    """The component alone."""
    import streamlit as st

    from midime_ui import resources, state
    from midime_ui.components import song_card

    state.set_sources((source,))
    song_card.show(source, resources.model_card("mel_2bar"))
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
    assert "its name says lead" in words(page)
    assert page.session_state["study"].tracks == ()


@pytest.mark.usefixtures("fakes")
def test_another_track_can_be_chosen_and_given_up(tmp_path: Path) -> None:
    """The study follows, and comes back."""
    source = two_tracks(tmp_path)
    page = perform(script, source=source)
    box = page.selectbox[0]
    guess, (other,) = box.value, [index for index in (0, 1) if index != box.value]
    box.set_value(other).run()
    assert page.session_state["study"].tracks == ((source.sha256, "melody", other),)
    page.selectbox[0].set_value(guess).run()
    assert page.session_state["study"].tracks == ()


@pytest.mark.usefixtures("fakes")
def test_the_whole_song_can_be_heard_as_well(source: Source) -> None:
    """And not only what the model hears."""
    page = perform(script, source=source)
    page.button_group[0].set_value("The whole song").run()
    assert not page.exception
    assert len(page.get("audio")) == 1
