"""How a variation is played when it changes."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

__all__ = ["PlayOptions", "show"]


class PlayOptions(NamedTuple):
    """What the visitor wants to hear."""

    at_once: bool
    """Play as soon as a slider has moved."""

    repeat: bool
    """Begin again at the end."""


def show() -> PlayOptions:
    """Ask whether to play at once, and whether to repeat."""
    with st.container(horizontal=True, gap="medium"):
        at_once = st.toggle(
            "Play when a slider moves", value=True, key="play_at_once", persist_state="session"
        )
        repeat = st.toggle("Repeat", key="play_repeat", persist_state="session")
    return PlayOptions(at_once, repeat)
