"""How daring the notes are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["HIGHEST", "show"]

HIGHEST: Final = 1.5
"""Beyond that the notes have little to do with the point they were decoded from."""


def show(
    key: str,
    *,
    on_change: Callable[..., None] | None = None,
    args: tuple[object, ...] = (),
) -> float | None:
    """Ask for a temperature; None means the likeliest note at every step."""
    value = st.slider(
        "Daring",
        0.0,
        HIGHEST,
        0.0,
        0.1,
        key=key,
        bind="query-params",
        persist_state="session",
        on_change=on_change,
        args=args,
        help="Temperature. At 0 the model plays the likeliest note at every step, which is "
        "closest to your song. Higher values let it choose less likely notes now and then.",
    )
    bounded = min(max(float(value), 0.0), HIGHEST)
    return bounded or None
