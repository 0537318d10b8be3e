"""The one thing that the theme cannot say."""

from __future__ import annotations

from typing import Final

import streamlit as st

from midime_ui.components import chart

__all__ = ["apply"]

_DARK_ON_MINT: Final = """
<style>
[data-testid="stBaseButton-primary"]:not(:disabled) { background: #5fd4b4; color: #0f1a20; }
[data-testid="stBaseButton-primary"]:not(:disabled):hover { background: #86e2c9; color: #0f1a20; }
</style>
"""
"""Streamlit writes white on the primary colour. In the dark scheme that is a light mint, which
links and sliders need to be seen: white on it has a contrast of 1.8 : 1, this has 9.7 : 1."""


_SPACING: Final = """
<style>
[data-testid="stMainBlockContainer"] { padding-top: 5rem; padding-bottom: 4rem; }
.st-key-training_buttons { min-height: 2.5rem; }
.st-key-training_note { min-height: 3.5rem; }
.st-key-board [class*="_midime_player"] { min-height: 18rem; }
[class*="_ahead_midime_player"], .st-key-hand_midime_rest { position: absolute; }
</style>
"""
"""Streamlit leaves six empty lines above a title; the first sound belongs on the first screen. The
places of a training keep their height while what stands there is exchanged, and what is only told
something has no place. Cards have theirs before the browser has drawn what is in them."""

_FIGURES: Final = """
<style>
@media (hover: none) {
  .js-plotly-plot .modebar--hover .modebar-group { opacity: 1 !important; }
}
.js-plotly-plot .modebar-btn:focus-visible { outline: 2px solid currentColor !important; }
</style>
"""
"""The bar with the camera appears under a mouse and for the keyboard; a finger does not hover."""


def apply() -> None:
    """Begin pages higher up, and make labels of primary buttons readable in the dark scheme."""
    st.html(_SPACING + _FIGURES)
    if chart.theme() == "dark":
        st.html(_DARK_ON_MINT)
