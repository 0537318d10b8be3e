"""Which parts of the page are drawn again."""

from __future__ import annotations

import pytest
import streamlit as st

from midime_ui import following
from midime_ui.position import Position


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is asked to be drawn again, in a session of its own."""
    calls: list[object] = []
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(st, "rerun", calls.append)
    return calls


def test_the_workbench_comes_first_then_what_is_below(asked: list[object]) -> None:
    """And nothing in particular where there are no such parts."""
    following.redraw()
    assert not asked
    following.set_up()
    following.redraw()
    assert asked == [[following.WORKBENCH, following.BELOW]]


def test_what_is_below_waits_for_a_browser_that_says_when_to_follow(asked: list[object]) -> None:
    """It follows at once as long as none has said anything."""
    following.set_up()
    following.follow()
    assert asked == [[following.WORKBENCH, following.BELOW]]
    following.set_trusted()
    following.follow()
    assert len(asked) == 1
    following.draw_below()
    assert asked[1] == following.BELOW


@pytest.mark.usefixtures("asked")
def test_what_is_below_is_behind_until_it_shows_the_position() -> None:
    """The very one, with its seed."""
    here, there = Position((0.0,), None, 1), Position((0.0,), None, 2)
    assert following.is_behind(here)
    following.set_followed(here)
    assert not following.is_behind(here)
    assert following.is_behind(there)


@pytest.mark.usefixtures("asked")
def test_a_page_that_is_drawn_anew_has_no_sliders_yet() -> None:
    """So nothing can be sent ahead of them."""
    following.set_up()
    assert not following.is_drawn()
    following.set_drawn()
    assert following.is_drawn()
    following.set_up()
    assert not following.is_drawn()
