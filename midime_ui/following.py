"""How the page for exploring stays quick: two fragments, of which the lower one follows.

The workbench holds the sliders and the player, and what lies below it shows the same position in
other ways. Whatever is moved on the workbench draws the workbench alone, so that the sound is on
its way before anything else is done. What is below follows when the hand has come to rest, which
the browser says (:mod:`midime_ui.components.rest`); as long as a browser has not said anything,
it follows at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

if TYPE_CHECKING:
    from midime_ui.position import Position

__all__ = [
    "BELOW",
    "WORKBENCH",
    "draw_below",
    "follow",
    "is_behind",
    "is_drawn",
    "redraw",
    "set_drawn",
    "set_followed",
    "set_trusted",
    "set_up",
]

WORKBENCH: Final = "workbench"
BELOW: Final = "below"
"""Keys of the two fragments."""

_IS_SET_UP: Final = "explore_fragments"
_IS_DRAWN: Final = "workbench_is_drawn"
_FOLLOWED: Final = "position_below"
_SAYS: Final = "browser_says_when_at_rest"


def set_up() -> None:
    """Say that both fragments are going to be on the page, which is drawn as a whole."""
    st.session_state[_IS_SET_UP] = True
    st.session_state[_IS_DRAWN] = False


def is_drawn() -> bool:
    """Whether the workbench is on the page, so that the session knows where its sliders stand."""
    return bool(st.session_state.get(_IS_DRAWN))


def set_drawn() -> None:
    """Say that the sliders have been put on the page."""
    st.session_state[_IS_DRAWN] = True


def redraw() -> None:
    """In a callback: draw the workbench again, then what is below; elsewhere the whole page."""
    if st.session_state.get(_IS_SET_UP):
        st.rerun([WORKBENCH, BELOW])


def follow() -> None:
    """In a callback of the workbench, which is drawn again anyway: have the rest come after it."""
    if not st.session_state.get(_SAYS):
        redraw()


def set_followed(position: Position) -> None:
    """Say which position is shown below."""
    st.session_state[_FOLLOWED] = position


def is_behind(position: Position) -> bool:
    """Whether another position is shown below."""
    return st.session_state.get(_FOLLOWED) != position


def set_trusted() -> None:
    """Say that this browser tells when a hand has come to rest."""
    st.session_state[_SAYS] = True


def draw_below() -> None:
    """In a callback: draw what is below again, and nothing else."""
    st.rerun(BELOW)
