"""A card says what it owes to the song, and what can be done with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from midime_engine.music.playback import Playback
from midime_ui import rebuilding, tray
from midime_ui.components.variation_card import what_it_owes
from midime_ui.studies import Songless
from midime_ui.tray import Item
from tests.support.music_cards import cards, press_card
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_ui.studies import Study


def item_of_the_song(study: Study) -> Item:
    """The third chunk of the song as if it were a variation."""
    from midime_engine.pipelines.generate import Variations

    whole = rebuilding.embedding(study)
    made = Variations(whole.latents.mu, whole.chunks.tokens)
    return Item.of(made, 2, name="Third", position=None, seed=2, temperature=None)


def show(study: Study, item: Item, said: list[str]) -> None:
    """A card with a button of its own."""
    from midime_ui.components import variation_card
    from midime_ui.components.player_parts.card import Action

    action = Action("say", "Say it", ":material/tune:", said.append, ("said",))
    variation_card.show(study, item, key="card", title="A *title*", actions=(action,))


def test_a_card_is_one_element_with_its_buttons(study: Study) -> None:
    """However much it says: a browser draws each element again at every move of a slider."""
    said: list[str] = []
    page = perform(show, study=study, item=item_of_the_song(study), said=said)
    assert len(page.get("bidi_component")) == 1
    assert not page.button
    assert not page.get("plotly_chart")
    card = cards(page)["card"]
    assert card["heading"] == "A *title*"
    assert card["words"].startswith("100 % of its notes stand")
    assert card["actions"]["say"]["icon"] == "tune"
    press_card(page, "card", "say")
    assert said == ["said"]


def test_keeping_it_puts_it_into_the_tray_once(study: Study) -> None:
    """Then the button says so."""
    item = item_of_the_song(study)
    page = perform(show, study=study, item=item, said=[])
    assert cards(page)["card"]["actions"]["keep"]["label"] == "Keep"
    press_card(page, "card", "keep")
    assert page.session_state["tray"] == (item,)
    keep = cards(page)["card"]["actions"]["keep"]
    assert keep["label"] == "Kept"
    assert keep["is_off"]


def test_a_browser_that_refuses_our_script_has_plain_cards(study: Study) -> None:
    """Of Streamlit's own parts, with everything that can be done."""
    said: list[str] = []
    item = item_of_the_song(study)
    page = perform(show, study=study, item=item, said=said)
    page.session_state["plain_players"] = True
    page.run()
    assert not page.get("bidi_component")
    assert len(page.get("audio")) == 1
    assert r"A \*title\*" in words(page)
    assert "of its notes stand" in words(page)
    page.button(key="card_say").click().run()
    assert said == ["said"]
    page.button(key="card_keep").click().run()
    assert page.session_state["tray"] == (item,)
    assert page.button(key="card_keep").disabled


def test_a_full_tray_takes_nothing_more(study: Study) -> None:
    """The reason is on the button."""

    def script(study: Study, item: Item) -> None:
        import streamlit as st

        from midime_ui import tray
        from midime_ui.components import variation_card

        if "tray" not in st.session_state:
            filling = tuple(replace(item, id=str(i)) for i in range(tray.MAX_ITEMS))
            tray.set_items(filling)
        variation_card.show(study, item, key="card", title="x")

    page = perform(script, study=study, item=item_of_the_song(study))
    keep = cards(page)["card"]["actions"]["keep"]
    assert keep["is_off"]
    assert keep["help"] == tray.FULL


def test_what_is_the_songs_own_is_said(study: Study) -> None:
    """All of it, where, and how many bars are copied; nothing without the song."""
    window = item_of_the_song(study).window
    said = what_it_owes(study, window)
    assert said.startswith("100 % of its notes stand in bars 5 to 6 of your song.")
    assert said.endswith("Every bar occurs in your song as it is.")
    songless = replace(study, sources=(), songless=Songless("x", Playback()))
    assert what_it_owes(songless, window) == ""
