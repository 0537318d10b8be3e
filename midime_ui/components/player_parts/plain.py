"""The player of the browser, for those that refuse the script of ours.

An audio element loads its sound even where nobody sees it, at every move of a slider. So there is
only a button at first, hidden as long as our player may still come; whoever presses it has the
plain player everywhere, for as long as the session lasts.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Final

import streamlit as st

if TYPE_CHECKING:
    from midime_ui.listening import Clip

__all__ = ["is_wanted", "play", "show"]

_WANTED: Final = "plain_players"
_IS_NEW: Final = "plain_players_are_new"
_STYLE: Final = (
    files("midime_ui.components.player_parts").joinpath("plain.css").read_text(encoding="utf-8")
)
_LOW: Final = 1
"""Pixels. The style comes with a part of Streamlit that a browser loads late; until then
nothing but this is seen."""


def show(clip: Clip, *, key: str, title: str, loop: bool) -> None:
    """Offer the plain player where ours does not come."""
    if st.session_state.pop(_IS_NEW, False):
        st.rerun()  # The whole page: the button may have drawn a part of it alone.
    st.html(f"<style>{_STYLE}</style>")
    with st.container(key=f"{key}_midime_plain", height=_LOW, border=False):
        if is_wanted():
            play(clip, title=title, loop=loop)
        else:
            st.button(
                "Use the player of your browser",
                key=f"{key}_midime_ask",
                icon=":material/music_note:",
                on_click=_want,
                help="Your browser has refused the script of our player.",
            )


def play(clip: Clip, *, title: str, loop: bool = False) -> None:
    """The player of the browser."""
    st.audio(clip.data, format=clip.mime, loop=loop, alt=f"Listen. {title}")


def is_wanted() -> bool:
    """Whether this browser has refused our script, as far as its visitor has said so."""
    return bool(st.session_state.get(_WANTED, False))


def _want() -> None:
    st.session_state[_WANTED] = st.session_state[_IS_NEW] = True
