"""What was kept can be heard, renamed, downloaded, steered from, and let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def show(study: Study, personal: Personal, n: int) -> None:
    """A tray with ``n`` variations in it, and one of the base model."""
    import streamlit as st

    from midime_ui import tray, variations
    from midime_ui.components import kept_tray
    from midime_ui.position import Position, on_sliders
    from midime_ui.tray import Item

    if "tray" not in st.session_state:
        made = variations.music(study, personal, tuple(range(3, 3 + max(1, n))))
        for i in range(n):
            at = Position(on_sliders(made.z_small[i].tolist()), None, 3 + i)
            tray.add(Item.of(made, i, name=f"Tune {i}", position=at, seed=3 + i, temperature=None))
        if n:
            base = variations.base_music(study.model, 256, (1,))
            tray.add(Item.of(base, 0, name="Base", position=None, seed=1, temperature=None))
    kept_tray.show(study, personal)


@pytest.fixture
def page(study: Study, personal: Personal) -> AppTest:
    """Two variations and one of the base model."""
    return perform(show, study=study, personal=personal, n=2)


def ids(page: AppTest) -> list[str]:
    """What is in the tray."""
    return [item.id for item in page.session_state["tray"]]


def test_an_empty_tray_says_what_it_is_for(study: Study, personal: Personal) -> None:
    """And shows nothing else."""
    page = perform(show, study=study, personal=personal, n=0)
    assert "Nothing yet" in words(page)
    assert not page.get("bidi_component")


def test_each_item_is_a_small_player(page: AppTest) -> None:
    """With a download of its notes."""
    assert "3 pieces of music" in words(page)
    assert len(page.get("bidi_component")) == 3
    assert [button.label for button in page.get("download_button")] == ["MIDI"] * 3


def test_a_name_can_be_changed_and_not_taken_away(page: AppTest) -> None:
    """Whatever is typed is tidied."""
    key = f"kept_{ids(page)[0]}_name"
    page.text_input(key=key).set_value("  My  best ").run()
    assert page.session_state["tray"][0].name == "My best"
    page.text_input(key=key).set_value("").run()
    assert page.text_input(key=key).value == "My best"


def test_discarding_takes_one_away(page: AppTest) -> None:
    """The others stay."""
    first, *others = ids(page)
    page.button(key=f"kept_{first}_discard").click().run()
    assert ids(page) == others
    assert not page.exception


def test_an_item_goes_to_the_sliders_if_they_can_play_it(page: AppTest) -> None:
    """Music of the base model cannot be steered."""
    first, _, base = page.session_state["tray"]
    page.button(key=f"kept_{first.id}_sliders").click().run()
    assert tuple(page.session_state[f"z{i}"] for i in range(3)) == first.position.point
    assert f"kept_{base.id}_sliders" not in [button.key for button in page.button]


def test_two_items_are_enough_to_travel(page: AppTest) -> None:
    """One is not, and that is said."""
    assert "Travel from A to B" in words(page)
    for item in ids(page)[1:]:
        page.button(key=f"kept_{item}_discard").click().run()
    assert "Keep a second variation" in words(page)
