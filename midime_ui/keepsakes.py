"""What a session knows of the library: who owns it, where the MidiMe is in it, the last link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import streamlit as st

if TYPE_CHECKING:
    from midime_engine.library.records import Share

__all__ = [
    "Keepsake",
    "keepsake",
    "made_share",
    "owner_secret",
    "set_keepsake",
    "set_made_share",
    "set_owner_secret",
]

_KEEPSAKE: Final = "keepsake"
_MADE_SHARE: Final = "made_share"
_OWNER: Final = "owner"


@dataclass(frozen=True, slots=True)
class Keepsake:
    """Where in the library the MidiMe at work is."""

    saved_id: str
    identity: str
    """Of its weights and its rules: another training is not saved yet."""

    has_songs: bool


def keepsake() -> Keepsake | None:
    """Where the MidiMe was saved last."""
    return cast("Keepsake | None", st.session_state.get(_KEEPSAKE))


def set_keepsake(value: Keepsake | None) -> None:
    """Remember (or forget) where a MidiMe was saved."""
    st.session_state[_KEEPSAKE] = value


def made_share() -> Share | None:
    """The link that was made last, to what is at work."""
    return cast("Share | None", st.session_state.get(_MADE_SHARE))


def set_made_share(value: Share | None) -> None:
    """Remember (or forget) a link that was made."""
    st.session_state[_MADE_SHARE] = value


def owner_secret() -> str | None:
    """What makes this visitor the owner of a library."""
    return cast("str | None", st.session_state.get(_OWNER))


def set_owner_secret(value: str) -> None:
    """Be the owner who holds this secret, until the session ends."""
    st.session_state[_OWNER] = value
