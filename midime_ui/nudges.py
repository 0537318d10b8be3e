"""Nudges of single dimensions of the base model: kept in the session and in the address.

They are no widgets' own values: only a few of their sliders are on the page at a time, and the
address has one short parameter for all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import streamlit as st

from midime_ui.position import NUDGES, in_words, tidy_nudges

if TYPE_CHECKING:
    from midime_ui.position import Nudges

__all__ = ["all", "in_address", "nudge", "put"]

_NUDGES: Final = "nudges"


def all() -> Nudges:  # noqa: A001 - read as nudges.all()
    """All that there are, in the order of the dimensions; at first those of the address."""
    if _NUDGES not in st.session_state:
        put(tidy_nudges(st.query_params.get(NUDGES, "")))
    return cast("Nudges", st.session_state[_NUDGES])


def put(nudges: Nudges) -> None:
    """Have exactly these."""
    st.session_state[_NUDGES] = tidy_nudges(nudges)


def nudge(dimension: int, value: float) -> None:
    """Add ``value`` to ``dimension`` from now on; 0 leaves it alone."""
    put((*(each for each in all() if each[0] != dimension), (dimension, value)))


def in_address() -> None:
    """Let the address say them, so that a reload or a copied address has them as well."""
    wanted = in_words(all())
    if st.query_params.get(NUDGES, "") == wanted:
        return
    if wanted:
        st.query_params[NUDGES] = wanted
    else:
        st.query_params.pop(NUDGES, None)
