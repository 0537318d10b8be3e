"""What somebody reads who came by a share link."""

from __future__ import annotations

import streamlit as st

from midime_ui import state
from midime_ui.components import failure, wording

__all__ = ["show"]


def show() -> None:
    """Say what was opened, what can be done with it, and until when; nothing without a link."""
    visit = state.visit()
    if visit is None:
        return
    song = "" if visit.with_songs else " The song itself was not shared."
    st.info(
        f"Somebody shares **{failure.plain(visit.name)}** with you. Move the sliders, listen, "
        f"download what you like; you cannot change theirs.{song} The link works until "
        f"{wording.date(visit.expires)}.",
        icon=":material/share:",
    )
