"""Trained rules as a session holds them: plain data, to be used, saved and shared.

No Streamlit in here.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, Self

from midime_engine.attributes.parsing import parse_all
from midime_engine.attributes.requirement import Requirements
from midime_engine.errors import RuleError
from midime_engine.pipelines import ruled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midime_engine.pipelines.ruled import Asked

__all__ = ["STRONGEST", "Applied", "Rules"]

STRONGEST: Final = 1.0
"""All the way to where the rules are kept."""


@dataclass(frozen=True, slots=True)
class Rules:
    """A trained constraint and what it is asked for."""

    data: bytes
    """The constraint as its file (safetensors)."""

    wishes: tuple[str, ...]
    """What it keeps, as one types it; empty for what was learnt from ratings."""

    model: str
    """The base model in whose space it works."""

    what: Asked | None = None
    """What else it can be asked for without another training."""

    sha256: str = field(init=False, repr=False, compare=False)
    """What identifies the file; computed once."""

    def __post_init__(self) -> None:
        """Look at the bytes once."""
        object.__setattr__(self, "sha256", hashlib.sha256(self.data).hexdigest())

    @classmethod
    def of_file(cls, data: bytes) -> Self:
        """Read a file; it may come from anybody.

        Raises:
            ConstraintFileError: It is no constraint, or does not say what it is for.
        """
        found = ruled.unpack(data)
        return cls(data, tuple(map(str, found.requirements)), found.model, found.what)

    @property
    def key(self) -> tuple[str, ...]:
        """What tells one use of rules from another, for caches."""
        return (self.sha256, *self.wishes)

    @property
    def requirements(self) -> Requirements:
        """The wishes, as they are judged; none where it was learnt from ratings."""
        return parse_all(self.wishes) if self.wishes else Requirements(())

    def answers(self, wishes: tuple[str, ...]) -> bool:
        """Whether it keeps ``wishes``, or can be asked for them as it is."""
        if wishes == self.wishes:
            return True
        return self.what is not None and ruled.asked(parse_all(wishes)) == self.what

    def asked_for(self, wishes: tuple[str, ...]) -> Self:
        """The same for ``wishes``, which it :meth:`answers`."""
        return replace(self, wishes=wishes)


@dataclass(frozen=True, slots=True)
class Applied:
    """Rules at work on everything that a MidiMe plays."""

    rules: Rules
    strength: float = STRONGEST
    """0 changes nothing; 1 goes all the way."""

    is_on: bool = True

    @property
    def is_at_work(self) -> bool:
        """Whether they change anything."""
        return self.is_on and self.strength > 0

    @property
    def key(self) -> tuple[str, ...]:
        """What tells one use of rules from another, for caches."""
        return (*self.rules.key, f"{self.strength:g}")

    def to_json(self) -> dict[str, Any]:
        """All but the file, as plain data, for the library."""
        return {
            "wishes": list(self.rules.wishes),
            "strength": self.strength,
            "is_on": self.is_on,
        }

    @classmethod
    def from_json(cls, data: bytes, stored: Mapping[str, Any]) -> Self:
        """Read what :meth:`to_json` wrote beside the file; what makes no sense becomes as usual.

        Raises:
            ConstraintFileError: The file is no constraint.
        """
        rules = Rules.of_file(data)
        wishes = stored.get("wishes")
        if isinstance(wishes, list) and all(isinstance(wish, str) for wish in wishes):
            asked = tuple(wishes)
            rules = rules.asked_for(asked) if _is_answered(rules, asked) else rules
        return cls(rules, _bounded(stored.get("strength")), stored.get("is_on") is not False)


def _bounded(strength: object) -> float:
    if not isinstance(strength, int | float) or not math.isfinite(strength):
        return STRONGEST
    return min(max(float(strength), 0.0), STRONGEST)


def _is_answered(rules: Rules, wishes: tuple[str, ...]) -> bool:
    try:
        return rules.answers(wishes)
    except RuleError:
        return False
