"""What a rule asks for beside its name: a key, a range, a pattern."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from midime_engine.errors import RuleError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

__all__ = ["Argument", "Kind"]

Kind = Literal[
    "choice", "key", "scale", "pitch", "range", "notes", "number", "lengths", "chords", "pattern"
]
"""Which control fits: a list, a key picker, one key of a keyboard, a stretch of it, some of the
twelve pitch classes, a number, note lengths, a line of chords, a row of steps."""


@dataclass(frozen=True, slots=True)
class Argument:
    """How the argument of a rule is read and written."""

    name: str
    """What it is called in a form."""

    kind: Kind
    read: Callable[[str], Hashable]
    """Text to what the rule computes with; raises :class:`RuleError`."""

    write: Callable[[Any], str]
    """The text that reads as the same."""

    example: str
    """A usual one, in its written form; forms begin with it."""

    help: str
    """What may be written, in a sentence."""

    choices: tuple[str, ...] = ()
    """All there are, for the kinds that have a list."""

    lowest: float | None = None
    """Of numbers and pitches."""

    highest: float | None = None
    optional: bool = False
    """Whether nothing may be written; it then reads as "" does."""

    def value(self, text: str) -> Any:
        """``text`` as the rule computes with it.

        Raises:
            RuleError: If it cannot be read.
        """
        return _read(self, text)

    def canonical(self, text: str) -> str:
        """``text`` in its written form: "c  MAJOR" becomes "C major"."""
        return self.write(self.value(text)) if text.strip() or not self.optional else ""


@lru_cache(maxsize=1024)
def _read(argument: Argument, text: str) -> Any:
    if not text.strip() and not argument.optional:
        raise RuleError(
            f"It is not said which {argument.name} is meant.",
            remedy=f"{argument.help} For example: {argument.example}",
        )
    return argument.read(text)
