"""What goes into the library and comes out of it: plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003 - a field of dataclasses
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Content", "Kind", "Rater", "Saved", "Share", "SharedContent", "SongFile"]


Kind = Literal["midime", "translator"]
"""What is saved: a MidiMe, or a translator between two models."""


@dataclass(frozen=True, slots=True)
class SongFile:
    """One song as it was uploaded."""

    name: str
    data: bytes
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A MidiMe, or a translator, with what belongs to it."""

    model: bytes
    """The model as its file."""

    base_model: str
    """Name of the MusicVAE underneath; of a translator the one of its first side."""

    song_names: tuple[str, ...] = ()
    """What it was trained on."""

    settings: Mapping[str, Any] = field(default_factory=dict)
    """How it was trained, for the eye. JSON."""

    details: Mapping[str, Any] = field(default_factory=dict)
    """What the app needs to go on with it. JSON."""

    songs: tuple[SongFile, ...] = ()
    """The songs themselves; empty when nothing of them is kept."""

    rules: bytes | None = None
    """The rules that act on what it plays, as their file."""

    kind: Kind = "midime"

    @property
    def n_bytes(self) -> int:
        """What it takes of an owner's allowance."""
        songs = sum(len(song.data) for song in self.songs)
        return len(self.model) + len(self.rules or b"") + songs


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A line of the list of what an owner has saved."""

    id: str
    name: str
    base_model: str
    song_names: tuple[str, ...]
    settings: Mapping[str, Any]
    created: datetime
    expires: datetime | None
    """When it goes if nobody opens it before; None for never."""

    has_songs: bool
    """Whether the songs are stored as well."""

    has_rules: bool
    """Whether rules act on what it plays."""

    n_bytes: int
    kind: Kind = "midime"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A link under which anybody may open a saved MidiMe."""

    id: str
    saved_id: str
    name: str
    """Of what is shared."""

    created: datetime
    expires: datetime
    with_songs: bool
    position: Mapping[str, Any]
    """Where the sliders stood. JSON."""

    kind: Kind = "midime"
    """Of what is shared."""


@dataclass(frozen=True, slots=True)
class SharedContent:
    """What somebody sees who opens a link."""

    share: Share
    content: Content


@dataclass(frozen=True, slots=True, kw_only=True)
class Rater:
    """Somebody who came by a link and said what they like."""

    id: str
    """Random: it says nothing about them."""

    answers: str
    """What they have said, as it was stored."""

    n_answers: int
