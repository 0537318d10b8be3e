"""The way that was drawn on the map last, handed over to what makes a longer piece of it."""

from __future__ import annotations

from typing import Final, cast

import streamlit as st

__all__ = ["Points", "points", "put"]

Points = tuple[tuple[float, ...], ...]
"""Points of the personal space, in their order."""

_DRAWN: Final = "drawn_path"


def points(n_sliders: int) -> Points:
    """The way; empty if there is none of two points or more, or it is of another MidiMe."""
    drawn = cast("Points", st.session_state.get(_DRAWN, ()))
    fits = len(drawn) > 1 and all(len(point) == n_sliders for point in drawn)
    return drawn if fits else ()


def put(drawn: Points) -> None:
    """Remember the way that is on the map now."""
    st.session_state[_DRAWN] = drawn
