"""Drawings side by side, in halves that a phone shows below each other."""

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
"""Sheets side by side in each half."""

_HALF: Final = 360
"""Pixels across a half: as many as a phone has room for, so that nothing is left blank there."""

_ALONE: Final = 220
"""Pixels across one drawing alone."""


def show(drawings: Sequence[Drawing], *, key: str, alt: str) -> None:
    """Draw them in two halves."""
    _show_halves(drawings, key=key, alt=alt, columns=_COLUMNS)


def show_one(drawing: Drawing, *, key: str, alt: str) -> None:
    """Draw one, larger."""
    _draw([drawing], key=key, alt=alt, columns=1, width=_ALONE)


def show_pair(before: Sequence[Drawing], after: Sequence[Drawing], *, key: str, wish: str) -> None:
    """The same drawings before and after, each in the same place."""
    with st.container(horizontal=True, gap="medium"):
        for name, some in (("Before", before), ("After", after)):
            with st.container(width=_HALF):
                st.markdown(f"**{name}**" if name == "Before" else f"**{name}: {wish}**")
                _draw(some, key=f"{key}_{name}", alt=f"{len(some)} drawings, {name.lower()}")


def show_strip(drawings: Sequence[Drawing], *, key: str, alt: str) -> None:
    """A way, from left to right; on a phone its second half below."""
    _show_halves(drawings, key=key, alt=alt, columns=-(-len(drawings) // 2))


def _show_halves(drawings: Sequence[Drawing], *, key: str, alt: str, columns: int) -> None:
    half = -(-len(drawings) // 2)
    with st.container(horizontal=True, gap="xxsmall", width="content"):
        for number in range(2):
            some = drawings[number * half : (number + 1) * half]
            if some:
                _draw(some, key=f"{key}_{number}", alt=alt, columns=columns)


def _draw(
    drawings: Sequence[Drawing],
    *,
    key: str,
    alt: str,
    columns: int = _COLUMNS,
    width: int = _HALF,
) -> None:
    figure = pen.figure(
        [drawing.strokes for drawing in drawings],
        columns=columns,
        theme=chart.theme(),
        side=width // columns,
    )
    chart.show(figure, alt=alt, key=key, width=width)
