"""What one visitor has chosen and made: typed accessors over ``st.session_state``.

Plain data only (bytes, numbers, frozen dataclasses), never a model: a session can be serialised,
and what is heavy is shared through :mod:`midime_ui.resources`. Widgets keep their own values
across pages with ``persist_state="session"``; this module holds what is not a widget.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

import streamlit as st

from midime_engine.musicvae import DEFAULT_MODEL

if TYPE_CHECKING:
    from datetime import datetime

    from midime_engine.converters.classes import Role
    from midime_engine.errors import MidimeError
    from midime_engine.library.records import Share
    from midime_engine.midime.training import TrainingStep
    from midime_engine.music.playback import Playback
    from midime_ui.rules import Applied

__all__ = [
    "SILENT",
    "Keepsake",
    "Personal",
    "Songless",
    "Source",
    "Study",
    "Visit",
    "WatchedJob",
    "arrivals",
    "choose_model",
    "clear_personal",
    "default_model",
    "explorable",
    "has_chosen_model",
    "job",
    "keepsake",
    "made_share",
    "model_name",
    "owner_secret",
    "personal",
    "refusals",
    "set_arrivals",
    "set_job",
    "set_keepsake",
    "set_made_share",
    "set_owner_secret",
    "set_personal",
    "set_refusals",
    "set_songless",
    "set_sources",
    "set_suggested_model",
    "set_track",
    "set_visit",
    "set_wanted_model",
    "sources",
    "study",
    "track",
    "visit",
    "wanted_model",
]

SILENT: Final = -1
"""In place of the index of a track: the part is left out."""


_ARRIVALS: Final = "arrivals"
_REFUSALS: Final = "refusals"
_SOURCES: Final = "sources"
_TRACKS: Final = "tracks"
_CHOSEN_MODEL: Final = "chosen_model"
_SUGGESTED_MODEL: Final = "suggested_model"
_WANTED_MODEL: Final = "wanted_model"
_JOB: Final = "job"
_PERSONAL: Final = "personal"
_SONGLESS: Final = "songless"
_VISIT: Final = "visit"
_KEEPSAKE: Final = "keepsake"
_MADE_SHARE: Final = "made_share"
_OWNER: Final = "owner"
_OF_PERSONAL: Final = ("nudges", "history", "map_ends")
"""Kept by modules of their own, and meaningless with another MidiMe."""


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one song, and where they come from."""

    name: str
    data: bytes
    credit: str = ""
    """Who is to be thanked for it; empty for the visitor's own file."""

    sha256: str = field(init=False, repr=False, compare=False)
    """What identifies the bytes; computed once, since caches ask for it at every slider move."""

    def __post_init__(self) -> None:
        """Look at the bytes once."""
        object.__setattr__(self, "sha256", hashlib.sha256(self.data).hexdigest())


@dataclass(frozen=True, slots=True)
class Songless:
    """In place of songs that are not here: what a MidiMe itself says of them."""

    title: str
    playback: Playback


@dataclass(frozen=True, slots=True)
class Study:
    """What everything else is computed from: songs, chosen tracks and base model."""

    sources: tuple[Source, ...]

    tracks: tuple[tuple[str, Role, int], ...]
    """Tracks that the visitor chose: sha256 of the song, role, index of the track or SILENT."""

    model: str

    songless: Songless | None = None
    """What is known where there are no sources: a MidiMe that was opened without its songs."""

    @property
    def title(self) -> str:
        """The name of the song, without its ending; of the first one if there are several."""
        if self.songless is not None:
            return self.songless.title
        return self.sources[0].name.rsplit(".", 1)[0]

    @property
    def fingerprint(self) -> str:
        """Equal for equal studies, and short."""
        songs = [(source.name, source.sha256) for source in self.sources]
        whole = (songs, self.tracks, self.model, self.songless)
        return hashlib.sha256(repr(whole).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class WatchedJob:
    """A training that this visitor has started."""

    id: str
    n_epochs: int
    """How many rounds were asked for."""

    is_shown: bool = False
    """It is over, and its whole curve has been seen."""

    is_kept: bool = False
    """What it has made has been taken into the session."""


@dataclass(frozen=True, slots=True)
class Personal:
    """A trained MidiMe and how it came about."""

    data: bytes
    """The model as its file (safetensors): config and weights."""

    fingerprint: str
    """Of what it was trained on: another song or track needs another training."""

    steps: tuple[TrainingStep, ...]
    """The loss curve."""

    n_vectors: int
    """How many vectors it was trained on: the chunks of the song and their transposed copies."""

    seconds: float
    """Time the training took."""

    stopped_early: bool
    """The visitor pressed stop before the last epoch."""

    rules: Applied | None = None
    """What acts on everything that it plays, on the page for exploring."""

    sha256: str = field(init=False, repr=False, compare=False)
    """What identifies the weights; computed once, of megabytes."""

    def __post_init__(self) -> None:
        """Look at the bytes once."""
        object.__setattr__(self, "sha256", hashlib.sha256(self.data).hexdigest())

    @property
    def key(self) -> tuple[str, ...]:
        """What its music depends on, for caches."""
        at_work = self.rules is not None and self.rules.is_at_work
        return (self.sha256, *(self.rules.key if self.rules and at_work else ()))

    @property
    def identity(self) -> str:
        """What is saved of it: its weights, and the rules that it carries, switched on or not."""
        if self.rules is None:
            return self.sha256
        return hashlib.sha256(f"{self.sha256} {self.rules.rules.sha256}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Visit:
    """A share link that this visitor has opened: to listen and steer, not to change."""

    share_id: str
    name: str
    expires: datetime
    with_songs: bool


@dataclass(frozen=True, slots=True)
class Keepsake:
    """Where in the library the MidiMe at work is."""

    saved_id: str
    identity: str
    """Of its weights and its rules: another training is not saved yet."""

    has_songs: bool


def sources() -> tuple[Source, ...]:
    """The songs at work; empty before the first upload."""
    return cast("tuple[Source, ...]", st.session_state.get(_SOURCES, ()))


def set_sources(songs: tuple[Source, ...]) -> None:
    """Work with these songs from now on."""
    if _SONGLESS in st.session_state or _VISIT in st.session_state:
        clear_personal()  # It was of other songs, or somebody else's.
    st.session_state[_SOURCES] = songs


def arrivals() -> tuple[Source, ...]:
    """Files that have just been dropped and nobody has read yet."""
    return cast("tuple[Source, ...]", st.session_state.get(_ARRIVALS, ()))


def set_arrivals(songs: tuple[Source, ...]) -> None:
    """Hand over what was dropped (or say that it has been read)."""
    st.session_state[_ARRIVALS] = songs


def refusals() -> tuple[tuple[str, MidimeError], ...]:
    """Names of the last files that could not be read, and why."""
    return cast("tuple[tuple[str, MidimeError], ...]", st.session_state.get(_REFUSALS, ()))


def set_refusals(refused: tuple[tuple[str, MidimeError], ...]) -> None:
    """Remember what could not be read until something else is dropped."""
    st.session_state[_REFUSALS] = refused


def study() -> Study | None:
    """Songs, tracks and model as they are now; None before there is a song."""
    songs = sources()
    if not songs:
        return None
    at_work = {song.sha256 for song in songs}
    chosen = sorted((*key, track) for key, track in _tracks().items() if key[0] in at_work)
    return Study(songs, tuple(chosen), model_name())


def explorable() -> Study | None:
    """The same, or what a MidiMe says that was opened without its songs."""
    songless = cast("Songless | None", st.session_state.get(_SONGLESS))
    return study() if songless is None else Study((), (), model_name(), songless)


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


def default_model() -> str:
    """The base model to begin with: ``MIDIME_MODEL`` (a name or a path), else the embedded one."""
    return os.environ.get("MIDIME_MODEL") or DEFAULT_MODEL


def model_name() -> str:
    """The base model at work: what the visitor chose, else what suits the songs."""
    chosen = st.session_state.get(_CHOSEN_MODEL) or st.session_state.get(_SUGGESTED_MODEL)
    return cast("str", chosen or default_model())


def has_chosen_model() -> bool:
    """Whether the visitor has decided on the base model; then no song changes it."""
    return _CHOSEN_MODEL in st.session_state


def choose_model(name: str) -> None:
    """Work with the base model that the visitor wants, whatever songs come."""
    st.session_state[_CHOSEN_MODEL] = name


def set_suggested_model(name: str) -> None:
    """Work with the base model that suits the songs, unless the visitor has chosen one."""
    st.session_state[_SUGGESTED_MODEL] = name


def wanted_model() -> str | None:
    """The model that is going to be at work as soon as it has been downloaded."""
    return cast("str | None", st.session_state.get(_WANTED_MODEL))


def set_wanted_model(name: str | None) -> None:
    """Remember what to do when a download is there."""
    st.session_state[_WANTED_MODEL] = name


def job() -> WatchedJob | None:
    """The training that was started last, running or not."""
    return cast("WatchedJob | None", st.session_state.get(_JOB))


def set_job(value: WatchedJob | None) -> None:
    """Remember (or forget) the training to watch."""
    st.session_state[_JOB] = value


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
    for key in (_PERSONAL, _SONGLESS, _VISIT, _MADE_SHARE, *_OF_PERSONAL):
        st.session_state.pop(key, None)


def visit() -> Visit | None:
    """The share link through which the MidiMe at work came."""
    return cast("Visit | None", st.session_state.get(_VISIT))


def set_visit(value: Visit) -> None:
    """Remember that the MidiMe at work is somebody else's."""
    st.session_state[_VISIT] = value


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
