"""Undo, redo, and a list of what was, to go back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from midime_ui import history, tray, variations
from midime_ui.components import sliders
from midime_ui.following import redraw

if TYPE_CHECKING:
    from midime_ui.personal import Personal

__all__ = ["show"]


def show(personal: Personal) -> None:
    """Offer the way back. Nothing is offered that is not there."""
    owner = personal.sha256
    past = history.history(owner)
    with st.container(horizontal=True, key="undo_bar"):
        st.button(
            "Undo",
            icon=":material/undo:",
            key="undo",
            shortcut="Ctrl+Z",
            disabled=not past.can_undo,
            help=None if past.can_undo else "Nothing has been changed yet.",
            on_click=_go,
            args=(owner, past.at - 1),
        )
        st.button(
            "Redo",
            icon=":material/redo:",
            key="redo",
            shortcut="Ctrl+Shift+Z",
            disabled=not past.can_redo,
            help=None if past.can_redo else "Nothing has been undone.",
            on_click=_go,
            args=(owner, past.at + 1),
        )
        with st.popover("History", icon=":material/history:", on_change="rerun", key="past") as at:
            if at.open:
                _show_list(owner, past)


def _show_list(owner: str, past: history.History) -> None:
    names = [
        history.describe(moment, past.moments[i - 1] if i else None)
        for i, moment in enumerate(past.moments)
    ]
    st.session_state["history_at"] = past.at
    st.radio(
        "Go back to",
        range(len(names) - 1, -1, -1),
        format_func=lambda i: f"{i + 1}. {names[i]}",
        key="history_at",
        on_change=_go_to_chosen,
        args=(owner,),
    )


def _go_to_chosen(owner: str) -> None:
    _go(owner, st.session_state["history_at"])


def _go(owner: str, at: int) -> None:
    moment = history.jump(owner, at)
    if moment is not None:
        sliders.restore(moment.position)
        tray.set_items(moment.kept)
        if moment.board is not None:
            variations.restore(moment.board)
    redraw()
