"""Drawings side by side; on a phone below each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.plots import pen
from midime_ui.components import chart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midime_engine.sketches import Drawing

__all__ = ["show", "show_one", "show_pair", "show_strip"]

_COLUMNS: Final = 3
"""Sheets side by side in each half: as many as a phone has room for."""

_SIDE: Final = 130
_LARGE: Final = 220
"""Pixels of a sheet among others, and alone."""


def show(drawings: Sequence[Drawing], *, key: str, alt: str) -> None:
    """Draw them in two halves."""
    half = -(-len(drawings) // 2)
    for number, column in enumerate(st.columns(2)):
        some = drawings[number * half : (number + 1) * half]
        if some:
            with column:
                _draw(some, key=f"{key}_{number}", alt=alt)


def show_one(drawing: Drawing, *, key: str, alt: str) -> None:
    """Draw one, as large as its place."""
    _draw([drawing], key=key, alt=alt, columns=1, side=_LARGE)


def show_pair(before: Sequence[Drawing], after: Sequence[Drawing], *, key: str, wish: str) -> None:
    """The same drawings before and after, each in the same place."""
    for name, some, column in zip(("Before", "After"), (before, after), st.columns(2), strict=True):
        with column:
            st.markdown(f"**{name}**" if name == "Before" else f"**{name}: {wish}**")
            _draw(some, key=f"{key}_{name}", alt=f"{len(some)} drawings, {name.lower()}")


def show_strip(drawings: Sequence[Drawing], *, key: str, alt: str) -> None:
    """A way, from left to right; on a phone its second half below."""
    half = -(-len(drawings) // 2)
    for number, column in enumerate(st.columns(2)):
        some = drawings[number * half : (number + 1) * half]
        with column:
            _draw(some, key=f"{key}_{number}", alt=alt, columns=half)


def _draw(
    drawings: Sequence[Drawing],
    *,
    key: str,
    alt: str,
    columns: int = _COLUMNS,
    side: int = _SIDE,
) -> None:
    figure = pen.figure(
        [drawing.strokes for drawing in drawings],
        columns=columns,
        theme=chart.theme(),
        side=side,
    )
    chart.show(figure, alt=alt, key=key)
