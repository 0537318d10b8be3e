"""Files that a visitor has just dropped: those to be read, and those that could not be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import streamlit as st

if TYPE_CHECKING:
    from midime_engine.errors import MidimeError
    from midime_ui.studies import Source

__all__ = ["arrivals", "refusals", "set_arrivals", "set_refusals"]

_ARRIVALS: Final = "arrivals"
_REFUSALS: Final = "refusals"


def arrivals() -> tuple[Source, ...]:
    """Files that have just been dropped and nobody has read yet."""
    return cast("tuple[Source, ...]", st.session_state.get(_ARRIVALS, ()))


def set_arrivals(songs: tuple[Source, ...]) -> None:
    """Hand over what was dropped (or say that it has been read)."""
    st.session_state[_ARRIVALS] = songs


def refusals() -> tuple[tuple[str, MidimeError], ...]:
    """Names of the last files that could not be read, and why."""
    return cast("tuple[tuple[str, MidimeError], ...]", st.session_state.get(_REFUSALS, ()))


def set_refusals(refused: tuple[tuple[str, MidimeError], ...]) -> None:
    """Remember what could not be read until something else is dropped."""
    st.session_state[_REFUSALS] = refused
