"""What one visitor has chosen and made: typed accessors over ``st.session_state``.

Plain data only (bytes, numbers, frozen dataclasses), never a model: a session can be serialised,
and what is heavy is shared through :mod:`midime_ui.resources`. Widgets keep their own values
across pages with ``persist_state="session"``; this module holds what is not a widget.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import streamlit as st

if TYPE_CHECKING:
    from midime_engine.midime.training import TrainingStep

__all__ = [
    "Personal",
    "Source",
    "clear_personal",
    "job_id",
    "model_name",
    "personal",
    "selections",
    "set_job_id",
    "set_model_name",
    "set_personal",
    "set_selection",
    "set_sources",
    "sources",
]

DEFAULT_MODEL: Final = "mel_2bar"

_SOURCES: Final = "sources"
_SELECTIONS: Final = "selections"
_MODEL: Final = "model_name"
_JOB: Final = "job_id"
_PERSONAL: Final = "personal"


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one song, and where they come from."""

    name: str
    data: bytes
    credit: str = ""
    """Who is to be thanked for it; empty for the visitor's own file."""

    @property
    def sha256(self) -> str:
        """What identifies the bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Personal:
    """A trained MidiMe and how it came about."""

    data: bytes
    """The model as its file (safetensors): config and weights."""

    fingerprint: str
    """Of what it was trained on: another song or track needs another training."""

    steps: tuple[TrainingStep, ...]
    """The loss curve."""

    seconds: float
    """Time the training took."""

    stopped_early: bool
    """The visitor pressed stop before the last epoch."""

    @property
    def sha256(self) -> str:
        """What identifies the weights."""
        return hashlib.sha256(self.data).hexdigest()


def sources() -> tuple[Source, ...]:
    """The songs at work; empty before the first upload."""
    return cast("tuple[Source, ...]", st.session_state.get(_SOURCES, ()))


def set_sources(songs: tuple[Source, ...]) -> None:
    """Work with these songs from now on."""
    st.session_state[_SOURCES] = songs


def selections() -> Mapping[str, Mapping[str, int]]:
    """The tracks that the visitor chose: sha256 of the song → role → track index."""
    return cast("Mapping[str, Mapping[str, int]]", st.session_state.get(_SELECTIONS, {}))


def set_selection(sha256: str, role: str, track: int) -> None:
    """Take ``role`` of that song from ``track``."""
    chosen = {song: dict(tracks) for song, tracks in selections().items()}
    chosen.setdefault(sha256, {})[role] = track
    st.session_state[_SELECTIONS] = chosen


def model_name() -> str:
    """The base model: a registered name or, for developers, a path in ``MIDIME_MODEL``."""
    default = os.environ.get("MIDIME_MODEL", DEFAULT_MODEL)
    return cast("str", st.session_state.get(_MODEL, default))


def set_model_name(name: str) -> None:
    """Work with another base model."""
    st.session_state[_MODEL] = name


def job_id() -> str | None:
    """The training that was started last, running or not."""
    return cast("str | None", st.session_state.get(_JOB))


def set_job_id(value: str | None) -> None:
    """Remember (or forget) the training to watch."""
    st.session_state[_JOB] = value


def personal() -> Personal | None:
    """The MidiMe trained last."""
    return cast("Personal | None", st.session_state.get(_PERSONAL))


def set_personal(value: Personal) -> None:
    """Keep a trained MidiMe."""
    st.session_state[_PERSONAL] = value


def clear_personal() -> None:
    """Forget the trained MidiMe."""
    st.session_state.pop(_PERSONAL, None)
