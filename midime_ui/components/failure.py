"""An error where it happened: what is wrong and what to do about it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st

from midime_engine.errors import MidimeError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["show", "stops_page"]


def show(error: MidimeError, *, about: str = "") -> None:
    """Say what happened, to what (``about``, a file name for instance), and the way out."""
    subject = f"**{_plain(about)}**: " if about else ""
    st.error(
        f"{subject}{_plain(str(error))}\n\n**What to do:** {_plain(error.remedy)}",
        icon=":material/error:",
    )


@contextmanager
def stops_page() -> Iterator[None]:
    """Show a :class:`MidimeError` in place of the rest of the page."""
    try:
        yield
    except MidimeError as error:
        show(error)
        st.stop()


def _plain(text: str) -> str:
    """File and track names come from strangers: keep Markdown from reading them."""
    for mark in "\\`*_[]<>#$~:|":
        text = text.replace(mark, f"\\{mark}")
    return text
