"""Whether a variation is played when it changes. Whether it begins again, its player asks."""

from __future__ import annotations

from typing import Final

import streamlit as st

__all__ = ["plays_at_once", "show"]

_AT_ONCE: Final = "play_at_once"


def plays_at_once() -> bool:
    """What the visitor wants, where that has been asked before or is asked later."""
    return bool(st.session_state.get(_AT_ONCE, True))


def show() -> None:
    """Ask whether to play as soon as a slider has moved."""
    st.toggle("Play when a slider moves", value=True, key=_AT_ONCE, persist_state="session")
