"""The board shows eight, replaces what is discarded, and finds more of what is liked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from midime_engine.music.playback import Playback
from midime_ui.studies import Songless
from tests.support.music_cards import cards, press_card, said_by_cards
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def show(study: Study, personal: Personal) -> None:
    """The board with the sliders in the middle."""
    from midime_ui.components import variations_board
    from midime_ui.position import Position

    variations_board.show(study, personal, Position((0.0, 0.0, 0.0), None, 0))


@pytest.fixture
def page(study: Study, personal: Personal) -> AppTest:
    """A first visit."""
    return perform(show, study=study, personal=personal)


def seeds(page: AppTest) -> tuple[int, ...]:
    """What is on the board."""
    shown: tuple[int, ...] = page.session_state["variations_board"].seeds
    shown_by = cards(page)
    for i, seed in enumerate(shown):
        assert shown_by[f"card_{i}"]["heading"] == f"Seed {seed}"
    return shown


def test_eight_small_players_say_what_they_owe_to_the_song(page: AppTest) -> None:
    """Each with its seed and buttons."""
    assert len(page.get("bidi_component")) == 8
    assert len(seeds(page)) == 8
    assert sum("its notes stand" in card["words"] for card in cards(page).values()) == 8
    for card in cards(page).values():
        assert list(card["actions"]) == ["keep", "more", "steer", "discard"]


def test_new_eight_have_the_next_seeds_and_the_old_come_back(page: AppTest) -> None:
    """By one button, and by typing the seed."""
    first = seeds(page)
    assert page.button(key="board_back").disabled
    page.button(key="board_new").click().run()
    second = seeds(page)
    assert min(second) > max(first)
    page.button(key="board_back").click().run()
    assert seeds(page) == first
    page.number_input(key="board_seed").set_value(second[0]).run()
    assert seeds(page) == second
    assert not page.exception


def test_what_is_discarded_is_replaced(page: AppTest) -> None:
    """The others stay where they are."""
    before = seeds(page)
    press_card(page, "card_2", "discard")
    after = seeds(page)
    assert after[2] not in before
    assert after[:2] + after[3:] == before[:2] + before[3:]


def test_more_like_this_is_drawn_around_it(page: AppTest) -> None:
    """As far as the slider says, which may be changed afterwards."""
    liked = page.session_state["variations_board"].seeds[1]
    press_card(page, "card_1", "more")
    board = page.session_state["variations_board"]
    assert board.around is not None
    assert board.around.spread == 0.5
    assert f"near seed {liked}" in words(page)
    page.slider(key="board_spread").set_value(1.0).run()
    wider = page.session_state["variations_board"].around
    assert (wider.centre, wider.spread) == (board.around.centre, 1.0)
    assert not page.exception


def test_eight_near_the_sliders(page: AppTest) -> None:
    """The middle, here."""
    page.button(key="board_near").click().run()
    assert page.session_state["variations_board"].around.centre == (0.0, 0.0, 0.0)
    assert "near where the sliders stand" in words(page)


def test_fine_controls_act_on_what_is_drawn_near_them(study: Study, personal: Personal) -> None:
    """On more of the same as well; and a card takes them to the sliders."""

    def nudged(study: Study, personal: Personal) -> None:
        from midime_ui.components import variations_board
        from midime_ui.position import Position

        position = Position((0.0, 0.0, 0.0), None, 0, ((2, 1.5),))
        variations_board.show(study, personal, position)

    page = perform(nudged, study=study, personal=personal)
    assert page.session_state["variations_board"].nudges == ()
    page.button(key="board_near").click().run()
    assert page.session_state["variations_board"].nudges == ((2, 1.5),)
    assert "Heard with 1 fine control moved." in words(page)
    press_card(page, "card_1", "more")
    assert page.session_state["variations_board"].nudges == ((2, 1.5),)
    press_card(page, "card_1", "steer")
    assert page.session_state["nudges"] == ((2, 1.5),)
    page.button(key="board_new").click().run()
    assert page.session_state["variations_board"].nudges == (), "from all over the space"
    assert not page.exception


def test_a_card_goes_to_the_sliders(page: AppTest) -> None:
    """With its seed, so that they play it."""
    seed = seeds(page)[4]
    press_card(page, "card_4", "steer")
    assert page.session_state["seed"] == seed
    assert any(page.session_state[f"z{i}"] != 0.0 for i in range(3))


def test_what_is_kept_waits_in_the_tray(page: AppTest) -> None:
    """With the position that plays it, and the seed as its name."""
    seed = seeds(page)[0]
    press_card(page, "card_0", "keep")
    (item,) = page.session_state["tray"]
    assert item.name == f"Seed {seed}"
    assert item.seed == item.position.seed == seed
    assert item.position.point == pytest.approx(item.z_small)
    assert "1 piece of music" in words(page)


def test_the_base_model_plays_the_same_seeds_beside_them(page: AppTest) -> None:
    """Eight more small players; they can be kept, but no slider leads there."""
    page.toggle(key="board_base").set_value(True).run()
    assert len(page.get("bidi_component")) == 16
    for seed in seeds(page):
        assert f"Base model, seed {seed}" in said_by_cards(page)
    press_card(page, "base_card_3", "keep")
    (item,) = page.session_state["tray"]
    assert (item.z_small, item.position) == (None, None)
    assert not page.exception


def test_a_space_of_one_melody_says_so(study: Study, personal: Personal, monkeypatch) -> None:
    """It cannot show eight different ones."""
    from midime_ui import models

    server = models.server(study.model)
    decode = server.decode_tokens
    monkeypatch.setattr(server, "decode_tokens", lambda z, **options: decode(0 * z, **options))
    page = perform(show, study=study, personal=personal)
    assert "are only 1 different variation." in words(page)


def test_without_the_song_there_are_still_eight(study: Study, personal: Personal) -> None:
    """Nothing is said of bars that are not here."""
    songless = replace(study, sources=(), songless=Songless("x", Playback()))
    page = perform(show, study=songless, personal=personal)
    assert len(page.get("bidi_component")) == 8
    assert "notes stand" not in words(page)
