"""A card says what it owes to the song, and what can be done with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from midime_engine.music.playback import Playback
from midime_ui import rebuilding, tray
from midime_ui.components.variation_card import what_it_owes
from midime_ui.studies import Songless
from midime_ui.tray import Item
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
    from midime_ui.components.variation_card import Action

    action = Action("Say it", ":material/tune:", said.append, ("said",))
    variation_card.show(study, item, key="card", title="A *title*", actions=(action,))


def test_a_card_is_one_small_player_with_its_buttons(study: Study) -> None:
    """Its title is shown as it is."""
    said: list[str] = []
    page = perform(show, study=study, item=item_of_the_song(study), said=said)
    assert len(page.get("bidi_component")) == 1
    assert not page.get("plotly_chart")
    assert r"A \*title\*" in words(page)
    page.button(key="card_action_0").click().run()
    assert said == ["said"]


def test_keeping_it_puts_it_into_the_tray_once(study: Study) -> None:
    """Then the button says so."""
    item = item_of_the_song(study)
    page = perform(show, study=study, item=item, said=[])
    assert page.button(key="card_keep").label == "Keep"
    page.button(key="card_keep").click().run()
    assert page.session_state["tray"] == (item,)
    assert page.button(key="card_keep").label == "Kept"
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
    assert page.button(key="card_keep").disabled
    assert page.button(key="card_keep").help == tray.FULL


def test_what_is_the_songs_own_is_said(study: Study) -> None:
    """All of it, where, and how many bars are copied; nothing without the song."""
    window = item_of_the_song(study).window
    said = what_it_owes(study, window)
    assert said.startswith("100 % of its notes stand in bars 5 to 6 of your song.")
    assert said.endswith("Every bar occurs in your song as it is.")
    songless = replace(study, sources=(), songless=Songless("x", Playback()))
    assert what_it_owes(songless, window) == ""
