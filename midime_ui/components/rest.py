"""When the hand on the sliders has come to rest, so that the other part of the page may follow."""

from __future__ import annotations

from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_ui import following
from midime_ui.components import sliders
from midime_ui.components.player_parts import stateless

if TYPE_CHECKING:
    from midime_ui.position import Position

__all__ = ["show"]

_KEY: Final = "hand_midime_rest"
_component = st.components.v2.component(
    "midime_rest",
    html="<span></span>",
    js=files("midime_ui.components").joinpath("rest.js").read_text(encoding="utf-8"),
)
stateless.present_plainly(_KEY)

_LOW: Final = 1
"""Pixels: there is nothing to see."""


@st.fragment
def show(position: Position) -> None:
    """Have the browser say when nothing has been moved for a while; ``position`` is shown above."""
    _component(
        key=_KEY,
        data={"behind": following.is_behind(position), "position": position.to_query()},
        height=_LOW,
        on_rested_change=partial(_rested, position),
    )


def _rested(position: Position) -> None:
    following.set_trusted()
    if sliders.current(len(position.point)) != position:
        following.redraw()  # It has moved on meanwhile, and both parts have to.
    elif following.is_behind(position):
        following.draw_below()
