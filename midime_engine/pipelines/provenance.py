"""Where a saved MidiMe came from: what is needed to make music with it later, elsewhere."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Self, get_args

from midime_engine import __version__
from midime_engine.converters.classes import Role
from midime_engine.errors import MidiMeFileError
from midime_engine.music.playback import Playback

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midime_engine.pipelines.prepare import Material

__all__ = ["Parent", "Provenance"]


@dataclass(frozen=True, slots=True)
class Parent:
    """One of the MidiMes that a blend was made of."""

    name: str
    sha256: str
    """Of its file."""

    share: float
    """Of the blend, in 0..1."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a MidiMe file says beside its weights."""

    model: str
    """Name of the MusicVAE underneath."""

    parts: tuple[Role, ...]
    """The parts of that model."""

    playback: Playback
    """Tempo, metre and sound of the song."""

    songs: tuple[str, ...] = ()
    """Names of the files it was trained on."""

    sha256: tuple[str, ...] = ()
    """Digests of these files, in the same order."""

    n_chunks: int = 0
    """How many chunks they gave."""

    parents: tuple[Parent, ...] = ()
    """Of a blend; empty for a MidiMe that was trained on songs."""

    @classmethod
    def of(cls, material: Material, *, model: str, parts: tuple[Role, ...]) -> Self:
        """Describe a MidiMe trained on ``material`` above ``model``."""
        return cls(
            model=model,
            parts=parts,
            playback=material.chunks.playback,
            songs=tuple(song.name for song in material.songs),
            sha256=tuple(song.sha256 for song in material.songs),
            n_chunks=len(material.chunks.items),
        )

    def to_json(self) -> dict[str, Any]:
        """As plain data for the header of the file."""
        return {**asdict(self), "midime_engine": __version__}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what :meth:`to_json` wrote; the file may come from anybody.

        Raises:
            MidiMeFileError: When something is missing or is not what it should be.
        """
        try:
            playback = dict(data["playback"])
            for name in ("programs", "velocities"):
                playback[name] = tuple(int(value) for value in playback.get(name, ()))
            parts = tuple(data["parts"])
            if not parts or not set(parts) <= set(get_args(Role)):
                raise ValueError(f"{parts} are no parts")  # noqa: TRY301 - all faults end alike
            return cls(
                model=str(data["model"]),
                parts=parts,
                playback=Playback(**playback),
                songs=tuple(str(name) for name in data.get("songs", ())),
                sha256=tuple(str(digest) for digest in data.get("sha256", ())),
                n_chunks=int(data.get("n_chunks", 0)),
                parents=tuple(_parent(parent) for parent in data.get("parents", ())),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise MidiMeFileError(
                f"The MidiMe file does not say what it was made for ({error}).",
                remedy="Save it again from the app or with `midime personalize`.",
            ) from None


def _parent(data: Mapping[str, Any]) -> Parent:
    share = float(data["share"])
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is no share")
    return Parent(str(data["name"]), str(data["sha256"]), share)
