"""What is wished: rules with what is asked of them, alone and joined."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from midime_engine.attributes.passage import Passages
from midime_engine.errors import RuleError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from midime_engine.attributes.passage import Passage
    from midime_engine.attributes.rule import Comparison, Rule

    Floats = npt.NDArray[np.float64]
    Bools = npt.NDArray[np.bool_]

__all__ = ["MAX_WEIGHT", "Assessment", "Requirement", "Requirements"]

MAX_WEIGHT: Final = 100.0
"""Beyond, the others would no longer count at all."""

_TOLERANCE: Final = 1e-9
"""7 / 10 notes are 0.7 of them, whatever the last bit says."""

_NEARLY: Final = 1 - 1e-6
"""The most that a reward is before its wish is satisfied."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One wish: a rule, what it is about, and how much of it is enough.

    ``comparison`` and ``threshold`` that are None become those of the rule, so that they are never
    None afterwards; ``argument`` is kept in its written form.
    """

    rule: Rule
    argument: str = ""
    comparison: Comparison | None = None
    threshold: float | None = None
    weight: float = 1.0
    """How much it counts among others, above 0."""

    def __post_init__(self) -> None:
        """Complete and check.

        Raises:
            RuleError: If the argument cannot be read or a number is out of its range.
        """
        self.rule.value(self.argument)
        if self.rule.argument is not None:
            object.__setattr__(self, "argument", self.rule.argument.canonical(self.argument))
        if self.comparison is None:
            object.__setattr__(self, "comparison", self.rule.comparison)
        if self.threshold is None:
            object.__setattr__(self, "threshold", self.rule.threshold)
        if not 0 <= self.enough <= 1:
            raise RuleError(
                f"What is asked of {self.rule.name} is {self.enough:g}; it is a share from 0 to 1.",
                remedy=f"Write for example {self.rule.name}>=0.5.",
            )
        if not 0 < self.weight <= MAX_WEIGHT:
            raise RuleError(
                f"The weight of {self.rule.name} is {self.weight:g}.",
                remedy=f"Write a weight above 0 and at most {MAX_WEIGHT:g}; 1 is usual.",
            )

    @property
    def enough(self) -> float:
        """The threshold, which is never None once the requirement is made."""
        return self.rule.threshold if self.threshold is None else float(self.threshold)

    @property
    def is_upper_limit(self) -> bool:
        """Whether at most so much is wished, not at least."""
        return self.comparison == "<="

    @property
    def label(self) -> str:
        """The wish without its weight, as it is typed."""
        asked = f"{self.rule.name}={self.argument}" if self.argument else self.rule.name
        usual = (self.comparison, self.enough) == (self.rule.comparison, self.rule.threshold)
        return asked if usual else f"{asked}{self.comparison}{_number(self.enough)}"

    def __str__(self) -> str:
        """Text from which ``parse`` makes the same requirement."""
        return self.label if self.weight == 1 else f"{self.label} weight={_number(self.weight)}"

    def measure(self, passage: Passage) -> float:
        """What the rule measures, in 0..1."""
        return self.rule.measure(passage, self.argument)

    def reward(self, passage: Passage) -> float:
        """How nearly the wish is satisfied, in 0..1; 1 exactly when it is."""
        return float(Requirements((self,)).rewards([passage])[0, 0])

    def is_satisfied(self, passage: Passage) -> bool:
        """Whether the passage keeps the wish; silence keeps none."""
        return bool(Requirements((self,)).satisfied([passage])[0, 0])


class Assessment(NamedTuple):
    """Passages held against requirements, each ``[n, k]``."""

    measures: Floats
    rewards: Floats
    satisfied: Bools

    @property
    def all_satisfied(self) -> Bools:
        """Which passages keep every wish, ``[n]``."""
        return np.asarray(self.satisfied.all(axis=1))


@dataclass(frozen=True, slots=True)
class Requirements:
    """Wishes that are all to be kept, in a fixed order."""

    items: tuple[Requirement, ...]

    def __len__(self) -> int:
        """Number of wishes."""
        return len(self.items)

    def __iter__(self) -> Iterator[Requirement]:
        """The wishes in order."""
        return iter(self.items)

    def __getitem__(self, index: int) -> Requirement:
        """One of them."""
        return self.items[index]

    def __str__(self) -> str:
        """All of them in a line, for people."""
        return ", ".join(map(str, self.items))

    @property
    def weights(self) -> Floats:
        """How much each counts, ``[k]``; they add up to 1."""
        weights = np.array([item.weight for item in self.items], np.float64)
        normal: Floats = weights / max(math.fsum(weights), _TOLERANCE)
        return normal

    def assess(self, passages: Sequence[Passage]) -> Assessment:
        """Measures, rewards and whether each wish is kept, each ``[n, k]``, in one go.

        A wish for at least t is rewarded by min(1, measure / t); one for at most t by 1 up to t
        and from there falling straight to 0 at 1. What a rule does not hear keeps no wish, not
        even one for little, and is rewarded by 0.
        """
        batch = Passages.of(passages)
        measures = np.zeros((len(batch), len(self.items)))
        rewards = np.zeros_like(measures)
        satisfied = np.zeros(measures.shape, bool)
        for column, item in enumerate(self.items):
            value = item.rule.measures(batch, item.argument)
            heard = item.rule.heard(batch)
            measures[:, column] = value
            kept, reward = _judged(value, item)
            satisfied[:, column] = kept & heard
            rewards[:, column] = np.where(heard, reward, 0.0)
        return Assessment(measures, rewards, satisfied)

    def measures(self, passages: Sequence[Passage]) -> Floats:
        """What each rule measures of each passage, ``[n, k]``."""
        return self.assess(passages).measures

    def rewards(self, passages: Sequence[Passage]) -> Floats:
        """How nearly each wish is kept, ``[n, k]``."""
        return self.assess(passages).rewards

    def satisfied(self, passages: Sequence[Passage]) -> Bools:
        """Whether each wish is kept, ``[n, k]``."""
        return self.assess(passages).satisfied


def _judged(value: Floats, item: Requirement) -> tuple[Bools, Floats]:
    enough = item.enough
    if item.is_upper_limit:
        kept = value <= enough + _TOLERANCE
        slope = (1 - value) / max(1 - enough, _TOLERANCE)
    else:
        kept = value >= enough - _TOLERANCE
        slope = value / max(enough, _TOLERANCE)
    return kept, np.where(kept, 1.0, np.clip(slope, 0.0, _NEARLY))


def _number(value: float) -> str:
    return repr(value).removesuffix(".0")
