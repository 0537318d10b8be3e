"""The link that makes a visitor the owner of a library again."""

from __future__ import annotations

import streamlit as st

from midime_ui import keepsakes, links, owners

__all__ = ["show"]


def show() -> None:
    """Show the owner's link; nothing to somebody who has logged in, and needs none."""
    secret = keepsakes.owner_secret()
    if secret is None or owners.login() is not None:
        return
    st.markdown("Keep this link: **it is the only way back to your library.**")
    st.code(links.to_library(secret), language=None, wrap_lines=True)
    st.caption("Whoever has it can open, change and delete what you have saved.")
