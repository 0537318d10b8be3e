"""How the page for exploring stays quick: two fragments, drawn one after the other.

The workbench holds the sliders and the player, and what lies below it shows the same position in
other ways. A slider draws the workbench again, so the sound is on its way before anything else
is done; then the part below follows.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

__all__ = ["BELOW", "WORKBENCH", "redraw", "set_up"]

WORKBENCH: Final = "workbench"
BELOW: Final = "below"
"""Keys of the two fragments."""

_IS_SET_UP: Final = "explore_fragments"


def set_up() -> None:
    """Say that both fragments are on the page."""
    st.session_state[_IS_SET_UP] = True


def redraw() -> None:
    """In a callback: draw the workbench again, then what is below; elsewhere the whole page."""
    if st.session_state.get(_IS_SET_UP):
        st.rerun([WORKBENCH, BELOW])
