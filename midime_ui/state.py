"""What is at work in one session: songs, tracks and the MidiMe, over ``st.session_state``.

Plain data only (bytes, numbers, frozen dataclasses), never a model: a session can be serialised,
and what is heavy is cached by content for all sessions (:mod:`midime_ui.cutting`,
:mod:`midime_ui.rebuilding`, :mod:`midime_ui.personal_space`). Widgets keep their own values across
pages with ``persist_state="session"``; this module holds what is not a widget.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import streamlit as st

from midime_ui import model_at_work
from midime_ui.studies import Study

if TYPE_CHECKING:
    from datetime import datetime

    from midime_engine.converters.classes import Role
    from midime_ui.personal import Personal
    from midime_ui.studies import Songless, Source

__all__ = [
    "Visit",
    "clear_personal",
    "explorable",
    "personal",
    "set_personal",
    "set_songless",
    "set_sources",
    "set_track",
    "set_visit",
    "sources",
    "study",
    "track",
    "visit",
]

_SOURCES: Final = "sources"
_TRACKS: Final = "tracks"
_PERSONAL: Final = "personal"
_SONGLESS: Final = "songless"
_VISIT: Final = "visit"
_OF_PERSONAL: Final = ("nudges", "history", "map_ends", "made_share")
"""Kept by modules of their own, and meaningless with another MidiMe."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A share link that this visitor has opened: to listen and steer, not to change."""

    share_id: str
    name: str
    expires: datetime
    with_songs: bool


def sources() -> tuple[Source, ...]:
    """The songs at work; empty before the first upload."""
    return cast("tuple[Source, ...]", st.session_state.get(_SOURCES, ()))


def set_sources(songs: tuple[Source, ...]) -> None:
    """Work with these songs from now on."""
    if _SONGLESS in st.session_state or _VISIT in st.session_state:
        clear_personal()  # It was of other songs, or somebody else's.
    st.session_state[_SOURCES] = songs


def study() -> Study | None:
    """Songs, tracks and model as they are now; None before there is a song."""
    songs = sources()
    if not songs:
        return None
    at_work = {song.sha256 for song in songs}
    chosen = sorted((*key, track) for key, track in _tracks().items() if key[0] in at_work)
    return Study(songs, tuple(chosen), model_at_work.model_name())


def explorable() -> Study | None:
    """The same, or what a MidiMe says that was opened without its songs."""
    songless = cast("Songless | None", st.session_state.get(_SONGLESS))
    return study() if songless is None else Study((), (), model_at_work.model_name(), songless)


def set_songless(value: Songless) -> None:
    """Work without songs from now on: the MidiMe that was set before knows enough of them."""
    st.session_state[_SOURCES] = ()
    st.session_state[_SONGLESS] = value


def track(sha256: str, role: Role) -> int | None:
    """The track of that song that the visitor chose as ``role``; None for the best guess."""
    return _tracks().get((sha256, role))


def set_track(sha256: str, role: Role, track: int | None) -> None:
    """Take ``role`` of that song from ``track``; None goes back to the best guess."""
    chosen = {key: index for key, index in _tracks().items() if key != (sha256, role)}
    st.session_state[_TRACKS] = chosen if track is None else {**chosen, (sha256, role): track}


def _tracks() -> dict[tuple[str, Role], int]:
    return cast("dict[tuple[str, Role], int]", st.session_state.get(_TRACKS, {}))


def personal() -> Personal | None:
    """The MidiMe trained last."""
    return cast("Personal | None", st.session_state.get(_PERSONAL))


def set_personal(value: Personal) -> None:
    """Keep a trained MidiMe."""
    if personal() != value:
        clear_personal()
    st.session_state[_PERSONAL] = value


def clear_personal() -> None:
    """Forget the trained MidiMe, and what belongs to it."""
    for key in (_PERSONAL, _SONGLESS, _VISIT, *_OF_PERSONAL):
        st.session_state.pop(key, None)


def visit() -> Visit | None:
    """The share link through which the MidiMe at work came."""
    return cast("Visit | None", st.session_state.get(_VISIT))


def set_visit(value: Visit) -> None:
    """Remember that the MidiMe at work is somebody else's."""
    st.session_state[_VISIT] = value
