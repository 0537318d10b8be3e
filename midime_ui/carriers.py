"""Translators as a session refers to them: plain data. No Streamlit in here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from midime_engine.errors import MidiMeFileError
from midime_engine.pipelines import teach
from midime_engine.translation import embedded, persistence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midime_engine.translation.model import Translator

__all__ = ["Carrier", "Loaded"]

_MOST_SONGS: Final = 20
"""Names of songs that a file may say; as many as may be uploaded at once."""

_LONGEST: Final = 100
"""Letters of a name from a file: as long as a name in the library."""


class Loaded(NamedTuple):
    """A translator, ready to be asked."""

    translator: Translator
    metadata: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Carrier:
    """A translator: the name of one that comes with MidiMe, or the file of one of the session's."""

    models: tuple[str, str]
    """The base models of its sides."""

    name: str = ""
    """Of one that comes with MidiMe."""

    data: bytes = b""
    """The file (safetensors) of one that was trained here or opened."""

    songs: tuple[str, ...] = ()
    """What it was trained on, as far as it says."""

    key: str = field(init=False, repr=False, compare=False)
    """What tells translators apart, for caches; computed once, of megabytes."""

    def __post_init__(self) -> None:
        """Look at the bytes once."""
        key = hashlib.sha256(self.data).hexdigest() if self.data else self.name
        object.__setattr__(self, "key", key)

    @classmethod
    def general(cls, source: str, target: str) -> Self | None:
        """The one that comes with MidiMe for a pair of models; None where there is none."""
        found = embedded.between(source, target)
        return None if found is None else cls(found[0].models, name=found[0].name)

    @classmethod
    def of_file(cls, data: bytes) -> Self:
        """Read a file; it may come from anybody.

        Raises:
            MidiMeFileError: It is no translator, or does not say how it measures music.
        """
        translator, metadata = persistence.from_bytes(data)
        teach.scales_of(metadata)
        if len(metadata.get("attributes") or ()) != translator.config.n_labels:
            raise MidiMeFileError(
                "This translator does not say what its sides have in common.",
                remedy="Choose a file that `midime translate` or the app has saved.",
            )
        first, second = translator.config.domains
        return cls((first.model, second.model), data=data, songs=_names(metadata.get("songs")))

    @property
    def is_general(self) -> bool:
        """Whether it comes with MidiMe."""
        return not self.data

    @property
    def title(self) -> str:
        """What a visitor chooses it by."""
        if self.is_general:
            return "The general one"
        return f"Learnt from {', '.join(self.songs)}" if self.songs else "Your own"

    def joins(self, source: str, target: str) -> bool:
        """Whether it is between these two models, whichever is the source."""
        return set(self.models) == {source, target}

    def side_of(self, model: str) -> int:
        """Number of the side of ``model``."""
        return self.models.index(model)

    def load(self) -> Loaded:
        """Read it; a fifth of a second.

        Raises:
            MidimeError: It cannot be read.
        """
        if self.is_general:
            return Loaded(*embedded.load(self.name))
        return Loaded(*persistence.from_bytes(self.data))


def _names(stored: object) -> tuple[str, ...]:
    """Names of songs from a file that may say anything."""
    if not isinstance(stored, list):
        return ()
    given = [name for name in stored if isinstance(name, str)]
    tidy = [" ".join(name.rsplit(".mid", 1)[0].split())[:_LONGEST] for name in given]
    return tuple(name for name in tidy if name)[:_MOST_SONGS]
