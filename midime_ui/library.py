"""The library of this host, as all sessions share it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from midime_engine import library as shelves
from midime_engine.library import settings

if TYPE_CHECKING:
    from midime_engine.library.library import Library

__all__ = ["library"]


def library() -> Library:
    """The library of this host, shared by all sessions; opened when it is first needed.

    Raises:
        MidimeError: It cannot be used.
    """
    return _library(settings.database_url(), settings.store_url(), settings.limits())


@st.cache_resource(show_spinner=False, max_entries=4, on_release=lambda opened: opened.close())
def _library(database: str, store: str, limits: settings.Limits) -> Library:
    del database, store, limits  # Which one it is; opening it reads them again.
    return shelves.open_library()
