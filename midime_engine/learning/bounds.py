"""The settings of a network, held against the bounds within which it can be built and trained.

A config is made from what a user types or from a file that may come from anyone, so each value is
looked at for its type as well: True is no number, and NaN lies within no bounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from midime_engine.errors import OptionError

__all__ = ["MAX_SEED", "Bounds"]

MAX_SEED: Final = 2**63 - 1
"""The largest whole number of 64 bits, with a sign: a seed is stored in files."""

_MOST_SHOWN: Final = 80
"""Characters of a value that are quoted: nobody reads more of a damaged one."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the settings of one kind of network are held against."""

    subject: str
    """What cannot be set up with a wrong one: the beginning of a sentence."""

    def require_int(self, name: str, value: object, low: int, high: int) -> None:
        """Refuse what is no whole number from ``low`` to ``high``.

        Raises:
            OptionError: It is none.
        """
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.refusal(name, value, f"a whole number from {low} to {high}")

    def require_float(self, name: str, value: object, low: float, high: float) -> None:
        """Refuse what is no number from ``low`` to ``high``.

        Raises:
            OptionError: It is none.
        """
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.refusal(name, value, f"a number from {low:g} to {high:g}")
        if not low <= value <= high:  # NaN fails both comparisons.
            raise self.refusal(name, value, f"a number from {low:g} to {high:g}")

    def refusal(self, name: str, value: object, allowed: str) -> OptionError:
        """What is wrong with ``value``, and what ``name`` may be instead."""
        shown = repr(value)[:_MOST_SHOWN]
        return OptionError(
            f"{self.subject} cannot be set up: {name} is {shown}.",
            remedy=f"Set {name} to {allowed}.",
        )
