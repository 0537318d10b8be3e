"""A longer piece before it is decoded: a row of slots, each a window of the model or its start."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from midime_engine.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midime_engine.music.playback import Playback
    from midime_engine.protocols import FloatArray, IntArray

__all__ = ["MAX_BARS", "MIN_BARS", "Frame", "Plan", "Slot", "require_bars"]

MIN_BARS: Final = 8
"""A period: less is a variation."""

MAX_BARS: Final = 64
"""A song of two minutes; rendering it as sound takes seconds."""

_MAX_SLOTS: Final = 1024
"""A MidiMe file may come from anybody and name a metre of any length: 64 bars of 16/4 fit."""


class Slot(NamedTuple):
    """One window of the piece."""

    n_steps: int
    """Steps of the window that are heard."""

    label: str
    """What it is, for people: the letter of a section, a bar of the song, the number of a step."""

    song_bar: int
    """Bar of the song's harmony with which it begins, from 0; the song begins again at its end."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Which place of the space is heard when."""

    slots: tuple[Slot, ...]

    z: FloatArray
    """What to decode for each slot, ``[n, z_size]``."""

    z_small: FloatArray | None
    """The same in the personal space, ``[n, latent_size]``; None if a place lies outside."""

    seeds: tuple[int, ...]
    """For the choice of notes, one per slot."""

    known: Mapping[int, IntArray] = field(default_factory=dict)
    """Slots whose music, ``[steps, parts]``, is there already, by their numbers."""


class Frame(NamedTuple):
    """What all windows of a piece have in common, in steps."""

    heard: int
    """Of a window that are heard."""

    bar: float
    """Of a bar."""

    @classmethod
    def of(cls, playback: Playback, n_steps: int) -> Frame:
        """Windows of ``n_steps``, as ``playback`` plays them."""
        return cls(min(n_steps, playback.n_steps or n_steps), playback.steps_per_bar)

    def total(self, n_bars: int) -> int:
        """Steps in ``n_bars``.

        Raises:
            OptionError: They are more than anybody would compose.
        """
        total = math.ceil(n_bars * self.bar - 1e-9)
        if total > _MAX_SLOTS * self.heard:
            raise OptionError(
                f"{n_bars} bars of this metre are too long for one piece.",
                remedy="Choose fewer bars.",
            )
        return total

    def lengths(self, n_bars: int) -> list[int]:
        """Steps of the slots that fill ``n_bars``; the last may be shorter.

        Raises:
            OptionError: They are more than anybody would compose.

        >>> Frame(64, 16.0).lengths(10)
        [64, 64, 32]
        """
        total = self.total(n_bars)
        n = math.ceil(total / self.heard)
        return [self.heard] * (n - 1) + [total - self.heard * (n - 1)]

    def n_bars(self, n_steps: int) -> int:
        """Bars in so many steps; a piece of a longer bar counts as one, as it does in chunks."""
        return max(1, round(n_steps / self.bar))


def require_bars(n_bars: int) -> None:
    """Check the length of a piece.

    Raises:
        OptionError: It is not in :data:`MIN_BARS`..:data:`MAX_BARS`.
    """
    if not MIN_BARS <= n_bars <= MAX_BARS:
        raise OptionError(
            f"A longer piece has {MIN_BARS} to {MAX_BARS} bars, not {n_bars}.",
            remedy="Choose a length in between.",
        )
