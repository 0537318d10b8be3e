"""From piece to piece, forwards, backwards and round."""

from __future__ import annotations

import streamlit as st

__all__ = ["choose"]


def choose(n: int, *, first: int, key: str) -> int:
    """Which of ``n`` pieces is shown, from 0; ``first`` until somebody has chosen.

    Args:
        n: How many there are, at least one.
        first: The one to begin with.
        key: What the buttons and the choice are called by.
    """
    chosen = f"{key}_piece"
    number = int(st.session_state.get(chosen, first)) % n
    with st.container(
        horizontal=True, vertical_alignment="center", wrap=False, key=f"{key}_pieces"
    ):
        st.button(
            "Previous",
            icon=":material/chevron_left:",
            key=f"{key}_previous",
            on_click=_go,
            args=(chosen, (number - 1) % n),
        )
        st.markdown(f"Piece **{number + 1}** of {n}", width="content")
        st.button(
            "Next",
            icon=":material/chevron_right:",
            key=f"{key}_next",
            on_click=_go,
            args=(chosen, (number + 1) % n),
        )
    return number


def _go(chosen: str, number: int) -> None:
    st.session_state[chosen] = number
