"""A way from one drawing to another."""

from __future__ import annotations

from typing import Final

import streamlit as st

from midime_engine.sketches import KINDS
from midime_ui import sketch_state, sketching
from midime_ui.components import sketch_gallery

__all__ = ["show"]

_STEPS: Final = 8


def show() -> None:
    """Two kinds, and eight drawings from one to the other."""
    columns = st.columns(2)
    first = columns[0].selectbox("From a", KINDS, index=KINDS.index("cat"), key="sketch_from")
    second = columns[1].selectbox("to a", KINDS, index=KINDS.index("house"), key="sketch_to")
    st.caption(
        "The first and the last are redrawn from drawings that the model has never seen; what lies "
        "between is its own."
    )
    with sketching.at_work():
        way = sketching.between(first, second, sketch_state.seed(), _STEPS)
    sketch_gallery.show_strip(
        way, key="sketch_way", alt=f"Eight drawings from a {first} to a {second}"
    )
