"""Note lengths by name."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from midime_engine.attributes.words import near
from midime_engine.errors import RuleError

__all__ = ["LENGTHS", "Lengths", "lengths_named"]

LENGTHS: Final = {
    "sixteenth": 1,
    "eighth": 2,
    "dotted eighth": 3,
    "quarter": 4,
    "dotted quarter": 6,
    "half": 8,
    "dotted half": 12,
    "whole": 16,
}
"""In sixteenths."""

_LONGEST: Final = 256
"""Sixteen bars: no note of any model is longer."""

_DASH: Final = re.compile(r"\s*(?:-|\N{EN DASH}|\bto\b)\s*")


class Lengths(NamedTuple):
    """From the shortest to the longest, in sixteenths, both included."""

    shortest: int
    longest: int

    @property
    def name(self) -> str:
        """As :func:`lengths_named` reads it."""
        if self.shortest == self.longest:
            return _name(self.shortest)
        return f"{_name(self.shortest)}-{_name(self.longest)}"


def lengths_named(text: str) -> Lengths:
    """The lengths that ``text`` names: "eighth", "eighth-quarter", "3", "1-4" (sixteenths).

    Raises:
        RuleError: If it names none.
    """
    ends = [_length(word) for word in _DASH.split(text.strip().lower())]
    if len(ends) > 2 or ends[0] > ends[-1]:  # noqa: PLR2004 - from and to
        raise RuleError(
            f"“{text.strip()}” goes from no shorter to no longer note.",
            remedy="Write the shorter one first, such as eighth-quarter.",
        )
    return Lengths(ends[0], ends[-1])


def _length(word: str) -> int:
    plain = " ".join(word.removesuffix("s").replace(" note", "").split())
    steps = int(plain) if plain.isdecimal() and len(plain) < 4 else LENGTHS.get(plain, 0)  # noqa: PLR2004 - 999
    if not 1 <= steps <= _LONGEST:
        raise RuleError(
            f"“{word}” is no length of a note.",
            remedy=f"{near(plain, LENGTHS)} Or write a number of sixteenths.",
        )
    return steps


def _name(steps: int) -> str:
    return next((name for name, length in LENGTHS.items() if length == steps), str(steps))
