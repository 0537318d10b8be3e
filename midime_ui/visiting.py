"""Share links that visitors come by: ``/?share=<id>`` or ``/explore?share=<id>&z0=...``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import streamlit as st

from midime_engine.errors import ShareError
from midime_ui import library, links, navigation, reopening, saved_translators, state
from midime_ui.components import sliders
from midime_ui.position import DARING, NUDGES, SEED

if TYPE_CHECKING:
    from streamlit.navigation.page import Page

__all__ = ["is_alive", "read_address"]

_HANDLED: Final = "share_of_address"

_POSITION: Final = re.compile(rf"z\d{{1,2}}|{SEED}|{DARING}|{NUDGES}")
"""Parameters with which an address says where the sliders stand."""


def read_address(page: Page) -> None:
    """Open what the address asks for, once, on the page for exploring; then see that it lives.

    Raises:
        MidimeError: The link opens nothing, or nothing any more.
    """
    wanted = st.query_params.get(links.SHARE)
    if wanted is None or wanted == st.session_state.get(_HANDLED):
        _leave_if_dead()
        return
    st.session_state[_HANDLED] = wanted
    if saved_translators.open_share(wanted):
        if page.url_path != navigation.TRANSLATE.stem:
            st.switch_page(navigation.TRANSLATE.path, query_params={links.SHARE: wanted})
        return
    position = reopening.open_share(wanted)
    given = {name: value for name, value in st.query_params.items() if _POSITION.fullmatch(name)}
    if not given:
        sliders.restore(position)
    if page.url_path != navigation.EXPLORE.stem:
        # Only what is known goes on: an address may say anything.
        st.switch_page(
            navigation.EXPLORE.path,
            query_params={links.SHARE: wanted, **(given or position.to_query())},
        )


def is_alive() -> bool:
    """Whether what is at work may be used: it is the visitor's own, or its link still lives."""
    try:
        _require_alive()
    except ShareError:
        return False
    return True


def _leave_if_dead() -> None:
    """A link that is ended while somebody listens ends for them as well."""
    try:
        _require_alive()
    except ShareError:
        state.set_sources(())
        state.clear_personal()
        raise


def _require_alive() -> None:
    visit = state.visit()
    if visit is not None:
        library.library().shares.require(visit.share_id)
