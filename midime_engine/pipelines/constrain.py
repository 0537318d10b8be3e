"""Train a constraint on rules, and hold the same seeds before and after against each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.attributes.contradictions import conflicts
from midime_engine.attributes.passage import passages
from midime_engine.constraints.config import ConstraintConfig
from midime_engine.constraints.training import ConstraintStep, new_constraint, training_steps
from midime_engine.errors import RuleError
from midime_engine.metrics.contours import contour_correlation
from midime_engine.metrics.distance import distance
from midime_engine.metrics.events import is_onset
from midime_engine.pipelines.timed_steps import TimedSteps

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from midime_engine.attributes.requirement import Assessment, Requirements
    from midime_engine.constraints.judge import Judge
    from midime_engine.constraints.model import Constraint
    from midime_engine.constraints.space import Space
    from midime_engine.converters.classes import Role
    from midime_engine.pipelines.wishes import Ear
    from midime_engine.protocols import FloatArray, IntArray

__all__ = ["MANY_WISHES", "Comparison", "Constraining", "check", "compare", "config_for", "start"]

N_PAIRS: Final = 2000
"""Random pairs for how different pieces are from each other, and for contours by chance."""


MANY_WISHES: Final = ConstraintConfig(iterations=400, first_labels=4096, distance=1.0, aim=0.88)
"""For an actor that can be asked in many ways. With the settings for one wish it learns to please
all of them by playing less; with these, on ``mel_2bar``, nine in ten pieces are in the key that is
asked for."""


class Constraining(TimedSteps[ConstraintStep]):
    """A constraint in training: iterate to train it, leave the loop whenever you like."""

    def __init__(self, constraint: Constraint, steps: Iterator[ConstraintStep]) -> None:
        """``steps`` hears or trains each time it is asked for the next."""
        super().__init__(steps)
        self.constraint = constraint
        """What is being trained. Usable after every step."""

    def finish(self) -> Constraint:
        """Train to the end and return the constraint."""
        for _ in self:
            pass
        return self.constraint


def check(requirements: Requirements, parts: tuple[Role, ...]) -> None:
    """Refuse wishes that no music of ``parts`` can keep, before anything is trained.

    Raises:
        RuleError: There are none, or some contradict each other or the model.
    """
    if not len(requirements):
        raise RuleError("No rule is chosen.", remedy="Choose at least one, for example a key.")
    found = conflicts(requirements, parts)
    if found:
        raise RuleError(" ".join(found), remedy="Leave one of them out, or ask for less of it.")


def config_for(*, asks_many: bool) -> ConstraintConfig:
    """Settings for an actor that always does the same, or that can be asked in many ways."""
    return MANY_WISHES if asks_many else ConstraintConfig()


def start(space: Space, judge: Judge, config: ConstraintConfig | None = None) -> Constraining:
    """Make a constraint for ``space`` and get ready to train it with ``judge``.

    Loads Keras and its backend: seconds, the first time in a process. The sizes in ``config`` are
    replaced by those of the space and the judge; None takes those of :func:`config_for`.
    """
    config = config or config_for(asks_many=judge.condition_size > 0)
    constraint = new_constraint(config, space, judge)
    return Constraining(constraint, training_steps(constraint, space, judge))


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """The same places before and after the actor moved them."""

    before: IntArray
    """Music, ``[n, steps, parts]``."""

    after: IntArray
    measures_before: FloatArray
    """What each rule measures, ``[n, k]``."""

    measures_after: FloatArray
    rewards_before: FloatArray
    rewards_after: FloatArray
    satisfied_before: FloatArray
    """1 where a rule is kept, ``[n, k]``."""

    satisfied_after: FloatArray
    moved: FloatArray
    """Distance of ``z'`` from ``z``, ``[n]``."""

    norm: float
    """Mean length of ``z``."""

    contour: float | None
    """Mean correlation of the contours before and after; None without a moving melody."""

    contour_of_strangers: float | None
    """The same between different pieces, for comparison."""

    notes_ratio: float | None
    """Notes after for each note before; None where there were none."""

    distinct: tuple[int, int]
    """Different pieces before and after."""

    diversity_ratio: float | None
    """Mean distance of two pieces after, for that before."""

    unchanged: float
    """Share of the pieces that are the same, note for note."""


def compare(
    z: FloatArray,
    constrained: FloatArray,
    ear: Ear,
    requirements: Requirements,
    *,
    seed: int = 0,
) -> Comparison:
    """Decode ``z`` and ``constrained``, both ``[n, z_size]``, and measure what has changed."""
    before, after = ear.tokens(z, seed=seed), ear.tokens(constrained, seed=seed)
    first, second = (_assessed(tokens, ear, requirements) for tokens in (before, after))
    rng = np.random.default_rng(seed)
    pairs = rng.integers(0, len(z), (2, N_PAIRS))
    pairs = pairs[:, pairs[0] != pairs[1]]
    notes = [_n_notes(tokens, ear.parts) for tokens in (before, after)]
    spread = [_spread(tokens, pairs, ear.parts) for tokens in (before, after)]
    return Comparison(
        before=before,
        after=after,
        measures_before=_single(first.measures),
        measures_after=_single(second.measures),
        rewards_before=_single(first.rewards),
        rewards_after=_single(second.rewards),
        satisfied_before=_single(first.satisfied),
        satisfied_after=_single(second.satisfied),
        moved=_single(np.linalg.norm(constrained - z, axis=1)),
        norm=float(np.linalg.norm(z, axis=1).mean()),
        contour=_mean(contour_correlation(before, after, parts=ear.parts)),
        contour_of_strangers=_mean(
            contour_correlation(before[pairs[0]], before[pairs[1]], parts=ear.parts)
        ),
        notes_ratio=notes[1] / notes[0] if notes[0] else None,
        distinct=(_n_distinct(before), _n_distinct(after)),
        diversity_ratio=spread[1] / spread[0] if spread[0] else None,
        unchanged=float((before == after).all(axis=(1, 2)).mean()),
    )


def _assessed(tokens: IntArray, ear: Ear, requirements: Requirements) -> Assessment:
    heard = passages(tokens, parts=ear.parts, steps_per_bar=ear.steps_per_bar)
    return requirements.assess(heard)


def _single(values: object) -> FloatArray:
    return np.asarray(values, np.float32)


def _mean(values: npt.NDArray[np.float64]) -> float | None:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else None


def _n_notes(tokens: IntArray, parts: tuple[Role, ...]) -> int:
    return sum(int(is_onset(tokens[:, :, i], role).sum()) for i, role in enumerate(parts))


def _n_distinct(tokens: IntArray) -> int:
    return len({window.tobytes() for window in tokens})


def _spread(tokens: IntArray, pairs: npt.NDArray[np.int64], parts: tuple[Role, ...]) -> float:
    if not pairs.size:
        return 0.0
    return float(distance(tokens[pairs[0]], tokens[pairs[1]], parts=parts).mean())
