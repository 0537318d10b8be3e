"""The views for variations and longer pieces on the page that they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.pages.steps import train, upload, words
from tests.support.music_cards import press_card

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest


def at_variations(app: AppTest, tune: bytes) -> None:
    """A visitor who has trained a MidiMe and looks at the first view."""
    upload(app, ("tune.mid", tune))
    train(app)
    app.switch_page("pages/explore.py").run()
    assert not app.exception


def test_what_is_kept_and_let_go_can_be_undone(app: AppTest, tune: bytes) -> None:
    """Both are in the history of the page, and so is going to the sliders."""
    at_variations(app, tune)
    press_card(app, "card_3", "keep")
    (item,) = app.session_state["tray"]
    app.button(key=f"kept_{item.id}_discard").click().run()
    assert app.session_state["tray"] == ()
    app.button(key="undo").click().run()
    assert app.session_state["tray"] == (item,)
    app.button(key=f"kept_{item.id}_sliders").click().run()
    assert tuple(app.slider(key=f"z{i}").value for i in range(4)) == item.position.point
    assert app.number_input(key="seed").value == item.seed
    app.button(key="undo").click().run()
    assert tuple(app.slider(key=f"z{i}").value for i in range(4)) == (0.0,) * 4
    assert not app.exception


def test_a_discarded_card_comes_back_by_undo(app: AppTest, tune: bytes) -> None:
    """And goes again by redo; the sliders stay where they are."""
    at_variations(app, tune)
    assert app.button(key="undo").disabled
    before = app.session_state["variations_board"].seeds
    press_card(app, "card_2", "discard")
    after = app.session_state["variations_board"].seeds
    assert after != before
    app.button(key="undo").click().run()
    assert app.session_state["variations_board"].seeds == before
    app.button(key="redo").click().run()
    assert app.session_state["variations_board"].seeds == after
    assert not app.exception


def test_a_longer_piece_is_made_on_the_page(app: AppTest, tune: bytes) -> None:
    """Along the song, without anything being set."""
    at_variations(app, tune)
    app.session_state["views"] = next(tab.label for tab in app.tabs if "Longer" in tab.label)
    app.run()
    app.button(key="piece_make").click().run()
    assert not app.exception
    assert "Along the song, 32 bars" in words(app)
