"""One take: where the sliders stood and how the notes were chosen, enough to play it again.

A *nudge* moves one dimension of the large space after the small one has been decoded: the base
model's own sliders, on top of those of the MidiMe.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

from midime_engine.errors import OptionError
from midime_engine.pipelines.generate import from_sliders

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midime_engine.pipelines.generate import Variations
    from midime_engine.protocols import DecodesTokens, PersonalSpace

__all__ = ["FARTHEST", "MAX_SEED", "MAX_TEMPERATURE", "Take", "play"]

FARTHEST: Final = 100.0
"""Standard deviations of the prior that a slider or a nudge may say: far beyond all music, and near
enough that no network overflows."""

MAX_SEED: Final = 2**31 - 1
"""What every random generator underneath accepts."""

MAX_TEMPERATURE: Final = 5.0
"""Beyond, the notes are as good as thrown by dice."""


@dataclass(frozen=True, slots=True)
class Take:
    """What was played, as plain data."""

    point: tuple[float, ...]
    """Where in the personal space, one number per slider."""

    nudges: tuple[tuple[int, float], ...] = ()
    """Dimension of the large space, and what is added there; each dimension once."""

    temperature: float | None = None
    """None takes the likeliest note at every step."""

    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be played.

        Raises:
            OptionError: A number is out of its range.
        """
        values = [*self.point, *(offset for _, offset in self.nudges)]
        if not self.point or not all(abs(value) <= FARTHEST for value in values):  # NaN fails too
            raise _refused(f"Sliders and nudges are numbers from {-FARTHEST:g} to {FARTHEST:g}")
        dimensions = [dimension for dimension, _ in self.nudges]
        if any(d < 0 for d in dimensions) or len(set(dimensions)) < len(dimensions):
            raise _refused("A nudge names a dimension from 0 on, each of them once")
        if not 0 <= self.seed <= MAX_SEED:
            raise _refused(f"A seed is a whole number from 0 to {MAX_SEED}")
        if self.temperature is not None and not 0 < self.temperature <= MAX_TEMPERATURE:
            raise _refused(f"A temperature is above 0 and at most {MAX_TEMPERATURE:g}, or none")

    def to_json(self) -> dict[str, Any]:
        """As plain data for a file."""
        return {
            "point": list(self.point),
            "nudges": [list(nudge) for nudge in self.nudges],
            "temperature": self.temperature,
            "seed": self.seed,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read what :meth:`to_json` wrote; the data may come from anybody.

        Raises:
            OptionError: Something is missing, of another type or out of its range.
        """
        try:
            temperature = data["temperature"]
            return cls(
                point=tuple(_number(value) for value in data["point"]),
                nudges=tuple((_whole(d), _number(offset)) for d, offset in data["nudges"]),
                temperature=None if temperature is None else _number(temperature),
                seed=_whole(data["seed"]),
            )
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise _refused(f"The settings of the sliders cannot be read ({error})") from None


def play(take: Take, space: PersonalSpace, model: DecodesTokens) -> Variations:
    """Decode ``take``, exactly as it is.

    Raises:
        OptionError: It has another number of sliders than ``space``, or nudges a dimension that
            the large space has not.
    """
    point = np.array([take.point], np.float32)
    try:
        z_size = space.decode(point).shape[1]
    except ValueError:
        raise OptionError(
            f"The point has {len(take.point)} numbers, and this MidiMe another number of sliders.",
            remedy="Give one number for each slider.",
        ) from None
    offset = np.zeros(z_size, np.float32)
    for dimension, amount in take.nudges:
        if dimension >= z_size:
            raise OptionError(
                f"There is no dimension {dimension} to nudge: this model has {z_size}.",
                remedy=f"Nudge dimensions 0 to {z_size - 1}.",
            )
        offset[dimension] = amount
    return from_sliders(
        point,
        space,
        model,
        offset=offset if take.nudges else None,
        temperature=take.temperature,
        seed=take.seed,
    )


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{str(value)[:40]!r} is not a number")
    return float(value)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{str(value)[:40]!r} is not a whole number")
    return value


def _refused(rule: str) -> OptionError:
    return OptionError(f"{rule}.", remedy="Correct the number that breaks this rule.")
