"""An error where it happened: what is wrong and what to do about it."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.errors import MidimeError
from midime_ui import navigation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midime_ui.navigation import Step

_JOINER: Final = "\N{WORD JOINER}"

__all__ = ["plain", "show", "stops_page"]


def show(error: MidimeError, *, about: str = "", link: Step | None = None) -> None:
    """Say what happened, to what (``about``, a file name for instance), and the way out."""
    subject = f"**{plain(about)}**: " if about else ""
    st.error(
        f"{subject}{plain(str(error))}\n\n**What to do:** {plain(error.remedy)}",
        icon=":material/error:",
    )
    if link is not None:
        navigation.show_link(link)


@contextmanager
def stops_page(*, link: Step | None = None) -> Iterator[None]:
    """Show a :class:`MidimeError` in place of the rest of the page."""
    try:
        yield
    except MidimeError as error:
        show(error, link=link)
        st.stop()


def plain(text: str) -> str:
    r"""File and track names come from strangers: keep Markdown from reading them.

    >>> print(plain("*so* $2"))
    \*so\* \$2
    """
    for mark in "\\`*_[]<>#$~:|":
        text = text.replace(mark, f"\\{mark}")
    # Addresses are linked without any mark; an invisible character in them prevents it.
    text = re.sub(r"(?i)\b(www)\.", rf"\1{_JOINER}.", text).replace("//", f"/{_JOINER}/")
    return " ".join(text.replace("@", f"@{_JOINER}").split())
