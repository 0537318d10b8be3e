"""Which base model a visitor works with: chosen, suggested by the songs, or the host's default."""

from __future__ import annotations

import os
from typing import Final, cast

import streamlit as st

from midime_engine.musicvae import DEFAULT_MODEL

__all__ = [
    "choose_model",
    "default_model",
    "has_chosen_model",
    "model_name",
    "set_suggested_model",
    "set_wanted_model",
    "wanted_model",
]

_CHOSEN_MODEL: Final = "chosen_model"
_SUGGESTED_MODEL: Final = "suggested_model"
_WANTED_MODEL: Final = "wanted_model"


def default_model() -> str:
    """The base model to begin with: ``MIDIME_MODEL`` (a name or a path), else the embedded one."""
    return os.environ.get("MIDIME_MODEL") or DEFAULT_MODEL


def model_name() -> str:
    """The base model at work: what the visitor chose, else what suits the songs."""
    chosen = st.session_state.get(_CHOSEN_MODEL) or st.session_state.get(_SUGGESTED_MODEL)
    return cast("str", chosen or default_model())


def has_chosen_model() -> bool:
    """Whether the visitor has decided on the base model; then no song changes it."""
    return _CHOSEN_MODEL in st.session_state


def choose_model(name: str) -> None:
    """Work with the base model that the visitor wants, whatever songs come."""
    st.session_state[_CHOSEN_MODEL] = name


def set_suggested_model(name: str) -> None:
    """Work with the base model that suits the songs, unless the visitor has chosen one."""
    st.session_state[_SUGGESTED_MODEL] = name


def wanted_model() -> str | None:
    """The model that is going to be at work as soon as it has been downloaded."""
    return cast("str | None", st.session_state.get(_WANTED_MODEL))


def set_wanted_model(name: str | None) -> None:
    """Remember what to do when a download is there."""
    st.session_state[_WANTED_MODEL] = name
