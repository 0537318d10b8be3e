"""A longer piece is made when asked for, heard as a whole, and accounted for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from midime_engine.music.playback import Playback
from midime_ui.studies import Songless
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def show(study: Study, personal: Personal, n_kept: int = 0) -> None:
    """With the sliders somewhere, and some variations kept."""
    import streamlit as st

    from midime_ui import tray, variations
    from midime_ui.components import longer_piece
    from midime_ui.position import Position
    from midime_ui.tray import Item

    if n_kept and "tray" not in st.session_state:
        made = variations.music(study, personal, tuple(range(3, 3 + n_kept)))
        for i in range(n_kept):
            tray.add(Item.of(made, i, name=f"Tune {i}", position=None, seed=i, temperature=None))
    longer_piece.show(study, personal, Position((0.5, 0.0, -1.0), None, 7))


@pytest.fixture
def page(study: Study, personal: Personal) -> AppTest:
    """Three variations are kept."""
    return perform(show, study=study, personal=personal, n_kept=3)


def compose(page: AppTest, form: str) -> None:
    """Choose a form and press the button."""
    page.segmented_control(key="piece_form").set_value(form).run()
    page.button(key="piece_make").click().run()
    assert not page.exception


def request(page: AppTest):
    """What the piece on the page was asked for with."""
    return page.session_state["longer_piece"].request


def test_nothing_is_made_before_somebody_asks(page: AppTest) -> None:
    """The defaults are the song, 32 bars, half-way."""
    assert not page.get("bidi_component")
    assert page.segmented_control(key="piece_form").value == "song"
    page.button(key="piece_make").click().run()
    made = request(page)
    assert (made.form, made.n_bars, made.amount) == ("song", 32, 0.5)
    assert made.position.point == (0.5, 0.0, -1.0)
    assert len(page.get("bidi_component")) == 1
    assert "notes stand in the nearest bars of the song" in words(page)
    assert [button.label for button in page.get("download_button")] == ["MIDI", "WAV", "MP3"]


@pytest.mark.parametrize(
    ("form", "title"),
    [("aaba", "A A B A, 32 bars"), ("path", "A path, 32 bars"), ("free", "Free, 32 bars")],
)
def test_each_form_makes_a_piece(page: AppTest, form: str, title: str) -> None:
    """It stays while another form is looked at."""
    compose(page, form)
    assert title in words(page)
    page.segmented_control(key="piece_form").set_value("song").run()
    assert title in words(page)


def test_a_and_b_are_where_the_sliders_stand_and_a_draw_unless_chosen(page: AppTest) -> None:
    """Or what was kept."""
    compose(page, "aaba")
    assert request(page).places == (None, None)
    kept = page.session_state["tray"]
    page.selectbox(key="piece_a").set_value(kept[2].id).run()
    page.selectbox(key="piece_b").set_value(kept[0].id).run()
    page.button(key="piece_make").click().run()
    assert request(page).places == (kept[2], kept[0])
    assert "Each section has 8 bars." in words(page)


def test_a_path_leads_through_what_was_kept(page: AppTest) -> None:
    """All of it at first, in order; or what was chosen, in that order."""
    compose(page, "path")
    kept = page.session_state["tray"]
    assert request(page).places == kept
    page.multiselect(key="piece_stops").set_value([kept[2].id, kept[0].id]).run()
    page.button(key="piece_make").click().run()
    assert request(page).places == (kept[2], kept[0])
    page.multiselect(key="piece_stops").set_value([kept[2].id]).run()
    assert "Choose two at least" in words(page)
    assert "piece_make" not in [button.key for button in page.button]


def test_a_way_on_the_map_is_a_path(study: Study, personal: Personal) -> None:
    """Also when nothing is kept; without either it is said what to do."""
    page = perform(show, study=study, personal=personal)
    page.segmented_control(key="piece_form").set_value("path").run()
    assert "Keep two at least" in words(page)
    way = ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))
    page.session_state["drawn_path"] = way
    page.run()
    page.button(key="piece_make").click().run()
    assert not page.exception
    assert request(page).through == way


def test_the_harmony_is_kept_if_asked(page: AppTest) -> None:
    """The notes that were moved are counted, and the chords can be read."""
    page.toggle(key="piece_harmony").set_value(True).run()
    compose(page, "free")
    made = page.session_state["longer_piece"]
    assert f"{made.n_moved} of {made.n_notes} notes were moved to the harmony" in words(page)
    assert made.chords[0] in words(page)


def test_drums_have_no_harmony_to_keep(drums: Study, personal: Personal) -> None:
    """The option is not there, and the reason is."""
    page = perform(show, study=drums, personal=personal)
    assert "drums alone have none" in words(page)
    assert not page.toggle


def test_without_the_song_its_order_cannot_be_followed(study: Study, personal: Personal) -> None:
    """The other forms can, and nothing is claimed of the song."""
    songless = replace(study, sources=(), songless=Songless("x", Playback()))
    page = perform(show, study=songless, personal=personal)
    assert "opened without its song" in words(page)
    assert "piece_make" not in [button.key for button in page.button]
    compose(page, "free")
    assert "Free, 32 bars" in words(page)
    assert "notes stand" not in words(page)
    assert "the song is not here" in words(page)
