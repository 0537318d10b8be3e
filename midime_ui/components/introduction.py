"""What is going to happen, for somebody who has followed a link and knows nothing yet."""

from __future__ import annotations

from typing import Final

import streamlit as st

__all__ = ["show"]

_STEPS: Final = (
    (
        ":material/music_note: **1. Give it a song**",
        "A MIDI file of yours, or an example. No account; nothing is kept unless you save it.",
    ),
    (
        ":material/model_training: **2. Press one button**",
        "A small network of its own learns the song while you watch. About a second.",
    ),
    (
        ":material/tune: **3. Move the sliders**",
        "Wherever they stand, you hear a variation. Take it home as MIDI or sound.",
    ),
)


def show() -> None:
    """Say it in three steps."""
    for column, (title, text) in zip(st.columns(3, border=True), _STEPS, strict=True):
        with column:
            st.markdown(title)
            st.caption(text)
