"""Whose library is shown: of a login, of an owner's link, or nobody's yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from midime_ui import keepsakes, links, owners
from midime_ui.components import failure, owner_link

if TYPE_CHECKING:
    from midime_engine.library import Owner

__all__ = ["show"]


def show() -> Owner | None:
    """Find out who is there and say so; None for a visitor who has saved nothing yet.

    Raises:
        LibraryError: The address holds what is no owner's secret.
    """
    _read_address()
    _show_login()
    owner_link.show()
    return owners.owner()


def _read_address() -> None:
    """Take the secret out of the address: whoever copies that must not give it away."""
    secret = st.query_params.get(links.OWNER)
    if secret is None:
        return
    del st.query_params[links.OWNER]
    owners.enter(secret)


def _show_login() -> None:
    if not owners.offers_login():
        return
    if owners.login() is None:
        st.button("Log in", icon=":material/login:", on_click=st.login, key="login")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        name = str(st.user.get("name") or st.user.get("email") or "")
        st.markdown(f"Logged in {failure.plain(name and f'as {name}')}")
        st.button("Log out", icon=":material/logout:", on_click=st.logout, key="logout")
    if keepsakes.owner_secret() is not None:
        st.caption("What you saved before you logged in is in the library of your owner's link.")
