"""Who a visitor is to the library: by a login of the host, or by a secret that they keep."""

from __future__ import annotations

import streamlit as st

from midime_engine import library as shelves
from midime_engine.errors import LibraryError
from midime_engine.library import Owner
from midime_ui import keepsakes, library

__all__ = ["enter", "login", "offers_login", "owner", "require_owner"]


def login() -> Owner | None:
    """Who has logged in, where the host has configured a login."""
    user = st.user
    if not user.get("is_logged_in", False):
        return None
    issuer, subject = user.get("iss"), user.get("sub")
    if not (isinstance(issuer, str) and isinstance(subject, str)):
        return None
    return Owner.by_login(issuer=issuer, subject=subject)


def owner() -> Owner | None:
    """Who this visitor is to the library; None for one who has nothing in it."""
    logged_in = login()
    secret = keepsakes.owner_secret()
    if logged_in is not None or secret is None:
        return logged_in
    return Owner.by_secret(secret)


def offers_login() -> bool:
    """Whether the host has configured a login (``[auth]`` in Streamlit's secrets)."""
    return "is_logged_in" in st.user


def enter(secret: str) -> None:
    """Become the owner who holds ``secret``, which comes from an address.

    Raises:
        LibraryError: It is none, or nothing is kept under it.
    """
    if not library.library().list_saved(Owner.by_secret(secret)):
        raise LibraryError(
            "Nothing is kept under this owner's link: it is mistyped, or all of it was deleted or "
            "has expired.",
            remedy="Copy the whole link, or save something new.",
        )
    keepsakes.set_owner_secret(secret)


def require_owner() -> Owner:
    """The same; a new visitor becomes an owner."""
    known = owner()
    if known is not None:
        return known
    secret = shelves.secret()
    keepsakes.set_owner_secret(secret)
    return Owner.by_secret(secret)
