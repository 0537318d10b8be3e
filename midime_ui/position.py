"""Where a visitor stands in the space of a MidiMe: all that a variation follows from.

A position is a point of the personal space, nudges of single dimensions of the base model, a
temperature and a seed. It goes into the library and into addresses, and comes back from them as
what a stranger may have written.
"""

from __future__ import annotations

import math
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

from midime_ui.components import seed, temperature

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from midime_engine.protocols import FloatArray

__all__ = [
    "DARING",
    "MAX_NUDGES",
    "NUDGES",
    "NUDGE_RANGE",
    "RANGE",
    "SEED",
    "Nudges",
    "Position",
    "in_words",
    "on_sliders",
    "tidy_nudges",
]

Nudges = tuple[tuple[int, float], ...]
"""Dimension of the base model, and what is added to it."""

RANGE: Final = 3.0
"""On either side of the middle, in standard deviations of the prior: 99.7 % of all random points
lie within, and beyond there is nothing of the song."""

NUDGE_RANGE: Final = 3.0
"""The same for a dimension of the base model, whose prior has the same spread."""

MAX_NUDGES: Final = 50
"""As many dimensions as there are controls for; an address stays short enough to be sent."""

_LAST_DIMENSION: Final = 9999
"""No model has more; a number beyond it is a joke."""

SEED: Final = "seed"
DARING: Final = "daring"
NUDGES: Final = "d"
"""What an address calls them."""

_NUDGE: Final = re.compile(r"(\d{1,4}):(-?\d{1,2}(?:\.\d{1,4})?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Position:
    """Where the sliders stand, and how notes are chosen there."""

    point: tuple[float, ...]
    """The latent vector that is decoded, one number per slider."""

    temperature: float | None
    seed: int

    nudges: Nudges = ()
    """Added to what the MidiMe makes of the point, in the order of the dimensions."""

    def offset(self, z_size: int) -> FloatArray | None:
        """The nudges as a vector ``[z_size]``; None without any. Strange dimensions are left out.

        >>> Position((), None, 0, ((1, 0.5), (7, 1.0))).offset(3)
        array([0. , 0.5, 0. ], dtype=float32)
        """
        if not self.nudges:
            return None
        offset = np.zeros(z_size, np.float32)
        for dimension, value in self.nudges:
            if dimension < z_size:
                offset[dimension] = value
        return offset

    def to_json(self) -> dict[str, Any]:
        """As plain data, for the library."""
        nudges = [list(nudge) for nudge in self.nudges]
        return {**asdict(self), "point": list(self.point), "nudges": nudges}

    def to_query(self) -> dict[str, str]:
        """As the address says it; also what is as usual, so that nothing else comes in between."""
        sliders = {f"z{i}": f"{value:g}" for i, value in enumerate(self.point)}
        nudges = {NUDGES: in_words(self.nudges)} if self.nudges else {}
        return {**sliders, SEED: str(self.seed), DARING: f"{self.temperature or 0.0:g}", **nudges}

    @classmethod
    def from_json(cls, data: Mapping[str, Any], *, n_sliders: int) -> Self:
        """Read what :meth:`to_json` wrote; what makes no sense becomes as usual."""
        values = data.get("point")
        numbers = [_number(value, RANGE) for value in values] if isinstance(values, list) else []
        point = on_sliders([*numbers, *[0.0] * n_sliders][:n_sliders])
        daring = max(0.0, round(_number(data.get("temperature"), temperature.HIGHEST), 1))
        drawn = max(0, int(_number(data.get("seed"), seed.MAX_SEED)))
        nudges = data.get("nudges")
        pairs = nudges if isinstance(nudges, list) else []
        return cls(point, daring or None, drawn, tidy_nudges(pairs))


def on_sliders(point: Iterable[float]) -> tuple[float, ...]:
    """The nearest point that the sliders can stand on.

    >>> on_sliders([0.123, -7.0])
    (0.12, -3.0)
    """
    return tuple(round(float(np.clip(value, -RANGE, RANGE)), 2) for value in point)


def in_words(nudges: Nudges) -> str:
    """Nudges as an address says them.

    >>> in_words(((12, 0.5), (40, -1.0)))
    '12:0.5,40:-1'
    """
    return ",".join(f"{dimension}:{value:g}" for dimension, value in nudges)


def tidy_nudges(given: str | Iterable[object]) -> Nudges:
    """Read nudges from an address or from pairs; what makes no sense is left out.

    Bounded in number and size, in the order of the dimensions, without those that move nothing.

    >>> tidy_nudges("40:-1,12:0.5,x:1,13:0")
    ((12, 0.5), (40, -1.0))
    """
    if isinstance(given, str):
        read = [_NUDGE.fullmatch(each) for each in given.split(",")]
        given = [(int(each[1]), float(each[2])) for each in read if each]
    found: dict[int, float] = {}
    for pair in given:
        match pair:
            case [int(dimension), value] if 0 <= dimension <= _LAST_DIMENSION:
                found[int(dimension)] = round(_number(value, NUDGE_RANGE), 2)
    moved = sorted((dimension, value) for dimension, value in found.items() if value)
    return tuple(moved[:MAX_NUDGES])


def _number(value: object, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return 0.0
    return min(max(float(value), -most), most)
