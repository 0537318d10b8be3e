"""Training as an iterator of plain steps; whoever calls it owns the loop.

First places are heard and the critics learn from them; then, in turns, the critics learn on, and
the actor learns from the critics where to move. Every few iterations the places where the actor
has moved to are heard, so that it cannot fool the critics for long. No threads, no callbacks:
break out to stop, and the constraint is as good as it had become.

Random numbers come from NumPy, so the same seed gives the same curve on one machine.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.constraints.coordinates import Coordinates
from midime_engine.constraints.labels import Labels
from midime_engine.constraints.model import Constraint
from midime_engine.errors import TrainingError
from midime_engine.learning.steps import to_arrays

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from midime_engine.constraints.config import ConstraintConfig
    from midime_engine.constraints.judge import Judge, Verdict
    from midime_engine.constraints.space import Space
    from midime_engine.protocols import FloatArray

__all__ = ["ConstraintStep", "fitted", "new_constraint", "training_steps"]

_AT_ONCE: Final = 512
"""Places heard between two steps: enough to decode at full speed, few enough for a curve that
moves and a stop that is heard."""

_WARMING: Final = 100
"""Updates of the critics before the actor's first."""

_STARTS: Final = 4096
"""Places from which the actor's batches are drawn; more teach nothing more."""

_JITTER: Final = 0.1
"""Deviation, in coordinates, of what is heard about where the actor moved: so the critics see the
slope there and not only the place."""

_ADAPTED_FROM: Final = 0.25
"""Share of the iterations after which the weight of the distance is adapted: before, the actor has
not learnt enough to be judged."""

_HASTE: Final = 10.0
"""How strongly a share away from the aim changes that weight: a fifth for two hundredths."""

_LARGEST_CHANGE: Final = 1.6
"""At which the weight falls between two hearings, which are only a few hundred places."""

_LOOSEST: Final = 0.2
_TIGHTEST: Final = 10.0
"""Times the weight that it began with: no rule is worth all music, no music all rules."""

_LAST_RATE: Final = 0.1
"""Share of the learning rate that is left at the end."""


@dataclass(frozen=True, slots=True)
class ConstraintStep:
    """What the curves need, and nothing that holds on to a graph."""

    iteration: int
    """From 1; 0 while the first places are heard."""

    n_heard: int
    """Places decoded and judged so far."""

    satisfied: tuple[float, ...]
    """Share of the places last heard that keep each wish: before the first iteration those where
    one starts, later those where the actor had moved to."""

    all_satisfied: float
    """Share of them that keep all wishes."""

    moved: float = 0.0
    """How far the actor moved them, on the mean, in ``z``."""

    critic_loss: float | None = None
    """Cross entropy of the critics, in nats; None before the first iteration."""

    actor_loss: float | None = None
    """What the actor minimises, without its distance."""

    realism_loss: float | None = None
    """Of the actor, in the eyes of the critic of realism, in nats."""

    distance: float | None = None
    """Mean squared distance per coordinate."""


def fitted(config: ConstraintConfig, space: Space, judge: Judge) -> ConstraintConfig:
    """``config`` with the sizes that ``space`` and ``judge`` have."""
    return replace(
        config,
        z_size=space.z_size,
        n_coordinates=len(Coordinates.of(space.scale)),
        n_wishes=len(judge.weights),
        condition_size=judge.condition_size,
    )


def new_constraint(config: ConstraintConfig, space: Space, judge: Judge) -> Constraint:
    """An untrained constraint for ``space``, whose sizes replace those of ``config``."""
    return Constraint(fitted(config, space, judge), space.scale)


def training_steps(constraint: Constraint, space: Space, judge: Judge) -> Iterator[ConstraintStep]:
    """Train ``constraint`` in place and yield what each hearing and each iteration gave.

    Arguments are checked at once, before the first step is asked for.

    Raises:
        ValueError: the constraint was not made for this space and this judge.
        TrainingError: later, if a loss is no longer finite.
    """
    if fitted(constraint.config, space, judge) != constraint.config:
        raise ValueError("The constraint was not made for this space and this judge.")
    return _Training(constraint, space, judge).steps()


class _Training:
    """One run: what has been heard, and the states of the networks."""

    def __init__(self, constraint: Constraint, space: Space, judge: Judge) -> None:
        # Brings in the backend: seconds, so not before somebody trains.
        from midime_engine.constraints import step

        self._step = step
        self._compiled = step.one_iteration(constraint.config)
        self._constraint = constraint
        self._config = constraint.config
        self._space = space
        self._judge = judge
        self._rng = np.random.default_rng([constraint.config.seed, 1])
        self._labels = Labels(judge)
        self._states = self._first_states()
        self._times = np.zeros(3, np.int32)
        self._tightness = 1.0
        self._said = ConstraintStep(0, 0, (0.0,) * constraint.config.n_wishes, 0.0)

    def steps(self) -> Iterator[ConstraintStep]:
        config = self._config
        starts = self._space.starts(max(config.first_labels, _STARTS), config.seed)
        yield from self._hear_first(starts[: config.first_labels])
        for done in range(0, _WARMING, self._step.CRITIC_STEPS):
            left = min(self._step.CRITIC_STEPS, _WARMING - done)
            self._update(starts, (left, 0, 0), progress=0.0)
        for iteration in range(1, config.iterations + 1):
            if iteration > 1 and (iteration - 1) % config.labels_every == 0:
                self._hear_own(starts, iteration)
            counts = (self._step.CRITIC_STEPS, self._step.REALISM_STEPS, self._step.ACTOR_STEPS)
            losses = self._update(starts, counts, progress=(iteration - 1) / config.iterations)
            if not np.isfinite(losses).all():
                raise TrainingError(
                    f"Training broke down in iteration {iteration}: a loss is not finite.",
                    remedy="Lower the learning rate and train again from the start.",
                )
            critic, _, wishes, realism, away = losses.tolist()
            self._said = replace(
                self._said,
                iteration=iteration,
                critic_loss=critic,
                actor_loss=wishes + config.realism * realism,
                realism_loss=realism,
                distance=away,
            )
            self._constraint.adopt(self._weights())
            yield self._said

    def _hear_first(self, z: FloatArray) -> Iterator[ConstraintStep]:
        conditions = self._judge.conditions(len(z), self._rng)
        kept: list[Any] = []
        for start in range(0, len(z), _AT_ONCE):
            rows = slice(start, start + _AT_ONCE)
            kept.append(self._hear(z[rows], conditions[rows]).satisfied)
            satisfied = np.concatenate(kept)
            self._said = replace(
                self._said,
                n_heard=len(self._labels),
                satisfied=tuple(satisfied.mean(axis=0).tolist()),
                all_satisfied=float(satisfied.all(axis=1).mean()),
            )
            yield self._said
        self._labels.close_first()

    def _hear_own(self, starts: FloatArray, iteration: int) -> None:
        rows = self._rng.integers(0, len(starts), self._config.labels)
        z = starts[rows]
        conditions = self._judge.conditions(len(z), self._rng)
        moved = self._constraint.apply(z, conditions)
        x = self._constraint.coordinates.of_z(moved)
        near = x + np.float32(_JITTER) * self._rng.standard_normal(x.shape, np.float32)
        verdict = self._hear(self._constraint.coordinates.into(moved, near), conditions, iteration)
        self._said = replace(
            self._said,
            n_heard=len(self._labels),
            satisfied=tuple(verdict.satisfied.mean(axis=0).tolist()),
            all_satisfied=float(verdict.satisfied.all(axis=1).mean()),
            moved=float(np.linalg.norm(moved - z, axis=1).mean()),
        )
        if iteration > _ADAPTED_FROM * self._config.iterations:
            tighter = math.exp(_HASTE * (self._said.all_satisfied - self._config.aim))
            tightness = self._tightness * max(tighter, 1 / _LARGEST_CHANGE)
            self._tightness = min(max(tightness, _LOOSEST), _TIGHTEST)

    def _hear(self, z: FloatArray, conditions: FloatArray, iteration: int = 0) -> Verdict:
        heard = self._judge.hear(z, seed=self._config.seed + iteration)
        return self._labels.add(self._constraint.coordinates.of_z(z), heard, conditions)

    def _update(
        self, starts: FloatArray, counts: tuple[int, int, int], *, progress: float
    ) -> FloatArray:
        from keras import ops

        config, rng, rows = self._config, self._rng, self._config.batch_size
        step = self._step
        batches = [self._labels.batch(rows, rng) for _ in range(step.CRITIC_STEPS)]
        n_from = step.ACTOR_STEPS * rows
        of_z = self._constraint.coordinates.of_z
        chosen = of_z(starts[rng.integers(0, len(starts), n_from)])
        real = of_z(self._space.real(step.REALISM_STEPS * rows, rng))
        size = config.n_coordinates
        inputs = step.Inputs(
            heard=np.stack([x for x, _ in batches]),
            labels=np.stack([y for _, y in batches]),
            real=real.reshape(step.REALISM_STEPS, rows, size),
            blend=rng.random((step.REALISM_STEPS, rows, 1), np.float32),
            starts=chosen.reshape(step.ACTOR_STEPS, rows, size),
            conditions=self._judge.conditions(n_from, rng)
            .astype(np.float32)
            .reshape(step.ACTOR_STEPS, rows, config.condition_size),
            counts=np.asarray(counts, np.int32),
            time=self._times,
            learning_rate=np.float32(config.learning_rate * (1.0 - (1.0 - _LAST_RATE) * progress)),
            weights=np.asarray(self._judge.weights, np.float32) * config.n_wishes,
            settings=np.asarray(
                [
                    config.distance * self._tightness,
                    config.realism,
                    config.margin,
                    config.gradient_penalty,
                ],
                np.float32,
            ),
        )
        self._states, losses = self._compiled(self._states, inputs)
        self._times = self._times + np.asarray(counts, np.int32)
        return np.asarray(ops.convert_to_numpy(losses))

    def _first_states(self) -> Any:
        from midime_engine.learning.adam import AdamState

        def state(network: str) -> AdamState:
            parameters = [
                array
                for name, array in self._constraint.weights.items()
                if name.startswith(f"{network}/")
            ]
            zeros = [np.zeros_like(parameter) for parameter in parameters]
            return AdamState(parameters, zeros, list(zeros))

        return self._step.States(state("actor"), state("critic"), state("realism"))

    def _weights(self) -> Mapping[str, FloatArray]:
        tensors = [tensor for state in self._states for tensor in state[0]]
        return to_arrays(self._config.variable_shapes, tensors)
