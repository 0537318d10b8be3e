"""A seed that can be seen, typed again and drawn anew."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MAX_SEED", "draw", "show"]

MAX_SEED: Final = 9999
"""Enough to be surprised for years, short enough to be read out to a friend."""


def show(
    key: str,
    *,
    on_change: Callable[..., None] | None = None,
    args: tuple[object, ...] = (),
) -> int:
    """Ask for a seed; it stands in the address as well, so that a link repeats the result."""
    value = st.number_input(
        "Seed",
        min_value=0,
        max_value=MAX_SEED,
        value=0,
        step=1,
        key=key,
        bind="query-params",
        persist_state="session",
        on_change=on_change,
        args=args,
        help="The number that chance starts from. The same seed gives the same music again.",
    )
    return min(max(int(value or 0), 0), MAX_SEED)


def draw(key: str) -> int:
    """Put a new random seed in place of the old one and return it (for callbacks)."""
    value = secrets.randbelow(MAX_SEED + 1)
    st.session_state[key] = value
    return value
