"""What an address asks for is opened once, and left when it ends."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
import streamlit as st

from midime_engine.errors import LibraryError, ShareError
from midime_engine.library import secret
from midime_ui import keepsakes, library, reopening, saved_translators, state, visiting
from midime_ui.components.sliders import Position

if TYPE_CHECKING:
    from streamlit.navigation.page import Page

POSITION = Position((1.0, 0.0), None, 3)


class World:
    """The address, and what is done to it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.session: dict[str, object] = {}
        self.query: dict[str, str] = {}
        self.opened: list[str] = []
        self.went: list[dict[str, str]] = []
        self.is_alive = True
        self.translators: list[str] = []
        monkeypatch.setattr(st, "session_state", self.session)
        monkeypatch.setattr(st, "query_params", self.query)
        monkeypatch.setattr(st, "switch_page", self._switch)
        monkeypatch.setattr(reopening, "open_share", self._open)
        monkeypatch.setattr(saved_translators, "open_share", lambda id_: id_ in self.translators)
        monkeypatch.setattr(
            library, "library", lambda: SimpleNamespace(shares=SimpleNamespace(require=self._ask))
        )

    def arrive(self, url_path: str = "explore") -> None:
        page: Page = SimpleNamespace(url_path=url_path)
        visiting.read_address(page)

    def _switch(self, _path: str, *, query_params: dict[str, str]) -> None:
        self.went.append(query_params)

    def _open(self, share_id: str) -> Position:
        self.opened.append(share_id)
        self._ask(share_id)
        state.set_visit(state.Visit(share_id, "x", None, with_songs=False))
        return POSITION

    def _ask(self, share_id: str) -> None:
        if not self.is_alive:
            raise ShareError(f"{share_id} is dead", remedy="Mourn.")


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """An empty one."""
    return World(monkeypatch)


def test_without_a_link_nothing_happens(world: World) -> None:
    """No database is asked."""
    world.is_alive = False
    world.arrive()
    assert not world.opened


def test_a_link_is_opened_once(world: World) -> None:
    """Where it says nothing of the sliders they stand as when it was made."""
    world.query["share"] = "a"
    world.arrive()
    world.arrive()
    assert world.opened == ["a"]
    assert (world.session["z0"], world.session["seed"], world.session["daring"]) == (1.0, 3, 0.0)


def test_sliders_in_the_address_are_left_to_it(world: World) -> None:
    """They belong to the widgets."""
    world.query |= {"share": "a", "z1": "2"}
    world.arrive()
    assert "z0" not in world.session


def test_at_the_door_a_link_leads_to_exploring(world: World) -> None:
    """With what it says of the sliders, and nothing else that it says."""
    world.query |= {"share": "a", "z1": "2", "seed": "9", "model": "x", "zoo": "1"}
    world.arrive("")
    assert world.went == [{"share": "a", "z1": "2", "seed": "9"}]


def test_at_the_door_a_short_link_gets_its_sliders(world: World) -> None:
    """So that the address says all of it from then on."""
    world.query["share"] = "a"
    world.arrive("")
    assert world.went == [{"share": "a", **POSITION.to_query()}]


def test_a_dead_link_is_said_once(world: World) -> None:
    """Then the way on is open."""
    world.is_alive = False
    world.query["share"] = "a"
    with pytest.raises(ShareError):
        world.arrive()
    world.arrive()


def test_a_link_that_dies_takes_what_it_brought(world: World) -> None:
    """While somebody listens; once, too."""
    world.query["share"] = "a"
    world.arrive()
    keepsakes.set_owner_secret(secret())
    world.is_alive = False
    assert not visiting.is_alive()
    with pytest.raises(LibraryError):
        world.arrive()
    assert state.visit() is None
    assert visiting.is_alive()
    assert keepsakes.owner_secret() is not None
    world.arrive()


def test_a_link_to_a_translator_leads_to_where_it_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is nobody's MidiMe, so nothing at work is put away."""
    world = World(monkeypatch)
    world.translators.append("abc")
    world.query["share"] = "abc"
    world.arrive("")
    assert world.went == [{"share": "abc"}]
    assert world.opened == []
    assert state.visit() is None
