"""A rule: a number in 0..1 that says how well a passage keeps to something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from midime_engine.attributes.lines import lead_role, sounds
from midime_engine.attributes.passage import Passage, Passages
from midime_engine.errors import RuleError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt
    from note_seq import NoteSequence

    from midime_engine.attributes.arguments import Argument
    from midime_engine.converters.classes import Role

    Measure = Callable[[Passages, Any], npt.NDArray[np.float64]]

__all__ = ["Comparison", "Hears", "Rule", "groups_heard"]

Comparison = Literal[">=", "<="]
Hears = Literal["notes", "lead", "pitched", "bass", "drums"]
"""Anything; the part that leads; melody or bass; bass; drums."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, with what one needs to ask for it."""

    name: str
    """As it is typed: "key"."""

    title: str
    """A few plain words: "Notes in a key"."""

    definition: str
    """What exactly is measured."""

    compute: Measure
    """Of passages and the value of the argument, ``[n]`` in 0..1; 0 for silence."""

    hears: tuple[Hears, ...] = ("pitched",)
    """What has to sound: a passage in which one of these is silent keeps no wish."""

    argument: Argument | None = None
    comparison: Comparison = ">="
    """What is usually asked of it."""

    threshold: float = 1.0
    origin: Literal["built in", "plug-in", "expression"] = "built in"
    judges: Literal["passage", "notes", "moves"] = "passage"
    """Whether the measure is a mean of verdicts: on single notes, or on moves between two."""

    def __post_init__(self) -> None:
        """Make one paragraph of a definition that was a docstring."""
        plain = " ".join(self.definition.replace("``", "").split())
        object.__setattr__(self, "definition", plain)

    def value(self, argument: str = "") -> Any:
        """``argument`` as :attr:`compute` takes it; None where the rule takes none.

        Raises:
            RuleError: If it cannot be read, or if the rule takes none.
        """
        if self.argument is not None:
            return self.argument.value(argument)
        if argument.strip():
            raise RuleError(
                f"The rule {self.name} takes nothing after “=”; got “{argument.strip()}”.",
                remedy=f"Write {self.name}, or {self.name}>={self.threshold:g}.",
            )
        return None

    def measures(self, passages: Sequence[Passage], argument: str = "") -> npt.NDArray[np.float64]:
        """The measure of each passage, ``[n]`` in 0..1; quickest for a batch.

        Raises:
            RuleError: If the argument cannot be read, or if a rule of somebody's own fails.
        """
        value = self.value(argument)
        batch = Passages.of(passages)
        if not len(batch):
            return np.zeros(0)
        return np.clip(np.where(self.heard(batch), self.compute(batch, value), 0.0), 0.0, 1.0)

    def measure(self, passage: Passage, argument: str = "") -> float:
        """The measure of one passage, in 0..1."""
        return float(self.measures([passage], argument)[0])

    def score(self, sequence: NoteSequence, argument: str = "") -> float:
        """The measure of any music, in 0..1."""
        return self.measure(Passage.of(sequence), argument)

    def heard(self, passages: Passages) -> npt.NDArray[np.bool_]:
        """In which passages all that the rule listens to sounds, ``[n]``."""
        heard = np.ones(len(passages), bool)
        for roles in groups_heard(self.hears, passages.parts):
            heard &= sounds(passages, roles)
        return heard

    def fits(self, parts: tuple[Role, ...]) -> bool:
        """Whether a model of ``parts`` can play what the rule listens to."""
        return all(set(roles) & set(parts) for roles in groups_heard(self.hears, parts))


def groups_heard(hears: tuple[Hears, ...], parts: tuple[Role, ...]) -> tuple[tuple[Role, ...], ...]:
    """The roles that are meant; of each group one has to play."""
    groups: dict[Hears, tuple[Role, ...]] = {
        "notes": ("melody", "bass", "drums"),
        "lead": (lead_role(parts),),
        "pitched": ("melody", "bass"),
        "bass": ("bass",),
        "drums": ("drums",),
    }
    return tuple(groups[heard] for heard in hears)
