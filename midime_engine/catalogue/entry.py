"""What is known of a published checkpoint before any of it has been downloaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from midime_engine.converters.classes import Role

__all__ = ["PREFIX", "Entry", "Family"]

PREFIX: Final = "magenta/"
"""What the names of the catalogue begin with."""

Family = Literal["python", "js"]
"""How a checkpoint is packed: one tar of TensorFlow files, or a folder for Magenta.js."""

_BYTES_PER_WEIGHT: Final = 4
_MEGABYTE: Final = 1_000_000
_GIGABYTE: Final = 1000 * _MEGABYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One published checkpoint."""

    name: str
    """What ``--model`` and ``musicvae.load`` take: ``magenta/`` and the name of its last folder or
    of its tar."""

    family: Family
    config: str
    """Magenta's name of the architecture, or of the checkpoint where it has no other."""

    parts: tuple[Role, ...]
    """Empty where ours are not its parts."""

    n_bars: int
    """Length of a window, in bars of 4/4."""

    z_size: int | None
    """Length of the latent vector; None where only the weights tell."""

    n_parameters: int | None
    n_bytes: int | None
    """Size of the download as its publisher states it, rounded; None if he states none."""

    url: str
    """Of the tar, or of the folder without a slash at its end."""

    summary: str
    """One line in plain words: what it is good for."""

    licence: str
    digests: tuple[tuple[str, str], ...] = ()
    """Name of a file and its digest, ``sha256:`` or ``git:`` and hex digits; files that are not
    named are trusted on first use."""

    supported: bool = True
    reason: str = ""
    """Why it is not supported."""

    @property
    def slug(self) -> str:
        """The name without its prefix: the name of its folder in the cache."""
        return self.name.removeprefix(PREFIX)

    @property
    def least_bytes(self) -> int | None:
        """What has to come at least: the stated size, or the weights alone of a tar."""
        if self.n_bytes is not None or self.n_parameters is None:
            return self.n_bytes
        return self.n_parameters * _BYTES_PER_WEIGHT

    @property
    def size(self) -> str:
        """The size of the download in words: ``18 MB``, or ``at least 538 MB``."""
        least = self.least_bytes
        if least is None:
            return "unknown size"
        words = (
            f"{least / _GIGABYTE:.1f} GB" if least >= _GIGABYTE else f"{least / _MEGABYTE:.0f} MB"
        )
        return words if self.n_bytes is not None else f"at least {words}"
