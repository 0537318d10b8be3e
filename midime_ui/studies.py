"""What everything else is computed from: songs, chosen tracks and base model, as plain data."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from midime_engine.converters.classes import Role
    from midime_engine.music.playback import Playback

__all__ = ["SILENT", "Songless", "Source", "Study"]

SILENT: Final = -1
"""In place of the index of a track: the part is left out."""


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
