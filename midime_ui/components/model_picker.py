"""Which base model turns bars into vectors and back."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from midime_ui import resources, state

__all__ = ["show"]

_KEY: Final = "base_model"


def show() -> None:
    """Ask for the base model, if there is a choice."""
    cards = resources.model_cards()
    current = state.model_name()
    names = list(cards)
    st.selectbox(
        "Base model",
        names,
        format_func=lambda name: Path(name).name,
        index=names.index(current),
        key=_KEY,
        persist_state="session",
        on_change=_remember,
        help="A MusicVAE: trained on thousands of tunes, it turns a few bars into a vector of "
        "numbers (the latent vector z) and back. MidiMe is trained on top of it, on your song "
        "only.",
    )
    st.caption(cards[current].summary)


def _remember() -> None:
    state.set_model_name(st.session_state[_KEY])
