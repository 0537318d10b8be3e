"""How a variation is played when it changes."""

from __future__ import annotations

from typing import Final, NamedTuple

import streamlit as st

__all__ = ["PlayOptions", "current", "show"]

_AT_ONCE: Final = "play_at_once"
_REPEAT: Final = "play_repeat"


class PlayOptions(NamedTuple):
    """What the visitor wants to hear."""

    at_once: bool
    """Play as soon as a slider has moved."""

    repeat: bool
    """Begin again at the end."""


def current() -> PlayOptions:
    """What the visitor wants, where that has been asked before or is asked later."""
    at_once = st.session_state.get(_AT_ONCE, True)
    return PlayOptions(bool(at_once), bool(st.session_state.get(_REPEAT, False)))


def show() -> PlayOptions:
    """Ask whether to play at once, and whether to repeat."""
    with st.container(horizontal=True, gap="medium"):
        at_once = st.toggle(
            "Play when a slider moves", value=True, key=_AT_ONCE, persist_state="session"
        )
        repeat = st.toggle("Repeat", key=_REPEAT, persist_state="session")
    return PlayOptions(at_once, repeat)
