"""From A to B: heard as one piece, seen stop by stop, and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def show(study: Study, personal: Personal) -> None:
    """Two kept variations, one with a fine control moved, and one of the base model."""
    import streamlit as st

    from midime_ui import tray, variations
    from midime_ui.components import travel
    from midime_ui.position import Position, on_sliders
    from midime_ui.tray import Item

    if "tray" not in st.session_state:
        made = variations.music(study, personal, (3, 4, 5))
        for i, nudges in enumerate([(), (), ((2, 0.5),)]):
            at = Position(on_sliders(made.z_small[i].tolist()), None, 3 + i, nudges)
            tray.add(Item.of(made, i, name=f"Tune {i}", position=at, seed=3 + i, temperature=None))
        base = variations.base_music(study.model, 256, (1,))
        tray.add(Item.of(base, 0, name="Base", position=None, seed=1, temperature=None))
    travel.show(study, personal)


@pytest.fixture
def page(study: Study, personal: Personal) -> AppTest:
    """Nothing is chosen yet."""
    return perform(show, study=study, personal=personal)


def go(page: AppTest, start: int, end: int) -> None:
    """Choose both ends by their places in the tray."""
    kept = page.session_state["tray"]
    page.selectbox(key="travel_from").set_value(kept[start].id).run()
    page.selectbox(key="travel_to").set_value(kept[end].id).run()
    assert not page.exception


def test_nothing_is_played_before_both_ends_are_chosen(page: AppTest) -> None:
    """It is said what is missing."""
    assert "Choose where the journey begins" in words(page)
    assert not page.get("bidi_component")
    go(page, 0, 0)
    assert "different places" in words(page)
    assert not page.get("bidi_component")


def test_the_way_is_heard_as_a_whole_and_stop_by_stop(page: AppTest) -> None:
    """Five stops at first; as many as the slider says."""
    go(page, 0, 1)
    assert "From Tune 0 to Tune 1, 5 stops" in words(page)
    assert len(page.get("plotly_chart")) == 1
    assert len(page.get("bidi_component")) == 1 + 5
    assert [button.label for button in page.get("download_button")] == ["MIDI", "WAV", "MP3"]
    page.slider(key="travel_steps").set_value(3).run()
    assert len(page.get("bidi_component")) == 1 + 3


def test_a_stop_can_be_kept(page: AppTest) -> None:
    """The ends are kept already; a stop says where it lies, and the sliders can play it."""
    go(page, 0, 1)
    assert page.button(key="stop_0_keep").disabled
    assert page.button(key="stop_4_keep").disabled
    page.button(key="stop_2_keep").click().run()
    kept = page.session_state["tray"][-1]
    assert kept.name == "50% from Tune 0 to Tune 1"
    assert kept.position.point == pytest.approx(kept.z_small)


@pytest.mark.parametrize("end", [2, 3])
def test_where_no_slider_leads_a_stop_has_no_position(page: AppTest, end: int) -> None:
    """Between fine controls, and on the way to the base model."""
    go(page, 0, end)
    page.button(key="stop_2_keep").click().run()
    assert page.session_state["tray"][-1].position is None


def test_a_discarded_end_is_no_longer_chosen(page: AppTest) -> None:
    """The page says what is missing again."""
    go(page, 0, 1)
    page.session_state["tray"] = page.session_state["tray"][1:]
    page.run()
    assert not page.exception
    assert "Choose where the journey begins" in words(page)
