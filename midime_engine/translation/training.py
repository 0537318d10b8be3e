"""Training as an iterator of plain steps; whoever calls it owns the loop.

No threads, no callbacks: break out to stop, call again to go on. A few steps are computed in one
compiled call and handed out one by one; a caller who breaks out in between still finds the weights
of exactly the last step it was given. All random numbers come from NumPy, those of each step from
their own stream of the seed, so the same seed gives the same curve on one machine, however the run
was interrupted.

Source of the method: ``train_joint2.py`` of alantian/latent_transfer. Ours updates the linear map
to the labels as well, unless it is told not to.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.errors import TrainingError
from midime_engine.translation.batches import Batches, stack
from midime_engine.translation.config import WEIGHTS
from midime_engine.translation.model import TranslatorState
from midime_engine.translation.precision import precision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from midime_engine.protocols import FloatArray
    from midime_engine.translation.batches import Batch
    from midime_engine.translation.config import TranslatorConfig
    from midime_engine.translation.model import Translator
    from midime_engine.translation.pairs import Pairs, Played

__all__ = ["TranslationStep", "learning_rate", "training_steps"]

_LAST_SHARE: Final = 0.1
"""Of the learning rate that is left at the end."""


@dataclass(frozen=True, slots=True)
class TranslationStep:
    """What a curve needs, and nothing that holds on to a graph."""

    step: int
    """Number of the step, from 1, counting on when training is resumed."""

    total: float
    """What is minimised, before this step's update."""

    reconstruction: float
    """Squared error of the way through ``z'`` and back, per number, in units of the posterior."""

    terms: tuple[tuple[str, float], ...]
    """The other terms by name, unweighted; 0 for those that are switched off."""


def training_steps(
    translator: Translator,
    pairs: Pairs,
    *,
    steps: int | None = None,
    played: Played | None = None,
) -> Iterator[TranslationStep]:
    """Train ``translator`` in place on ``pairs`` and yield each step's losses.

    Arguments are checked at once, before the first step is asked for. A second call goes on with
    the weights, the moments and the count of steps of the first.

    Args:
        translator: What to train. Give each trainer its own.
        pairs: Vectors and labels.
        steps: How many to do now; what is left of ``config.steps`` if None.
        played: Translations that were played, for the judges to learn from.

    Raises:
        TrainingError: If there are too few pairs, or vectors that are not finite; later, if the
            loss is no longer finite.
        ValueError: If the pairs have other sizes or ``steps`` is negative.
    """
    config = translator.config
    pairs.require_fit(config)
    n_steps = max(0, config.steps - translator.state.steps) if steps is None else steps
    if n_steps < 0:
        raise ValueError(f"steps must not be negative; got {n_steps}.")
    return _steps(translator, pairs, n_steps, played)


def learning_rate(config: TranslatorConfig, step: int) -> float:
    """Adam's step size in step ``step``, from 0: half a cosine down to a tenth."""
    done = min(1.0, step / max(1, config.steps))
    falling = (1.0 + math.cos(math.pi * done)) / 2.0
    return config.learning_rate * (_LAST_SHARE + (1.0 - _LAST_SHARE) * falling)


def _steps(
    translator: Translator, pairs: Pairs, n_steps: int, played: Played | None
) -> Iterator[TranslationStep]:
    if n_steps == 0:
        return
    run = _Run(translator.config, pairs, played)
    point = _Point.of(translator.state)
    end = point.steps + n_steps
    while point.steps < end:
        count = min(run.steps_per_call, end - point.steps)
        after, terms = run(point, count)
        for done, (total, reconstruction, *others) in enumerate(terms.tolist(), start=1):
            if not math.isfinite(total):
                raise TrainingError(
                    f"Training broke down in step {point.steps + done}: the loss is {total}.",
                    remedy="Lower the learning rate and train again from the start.",
                )
            translator.adopt(
                after.state if done == count else functools.partial(run.redo, point, done)
            )
            named = tuple(zip(WEIGHTS, others, strict=True))
            yield TranslationStep(point.steps + done, total, reconstruction, named)
        point = after


@dataclass(frozen=True, slots=True, eq=False)
class _Point:
    """A training state in the form the compiled update takes: lists, of tensors or arrays."""

    names: tuple[str, ...]
    parameters: list[Any]
    first: list[Any]
    second: list[Any]
    steps: int

    @classmethod
    def of(cls, state: TranslatorState) -> _Point:
        parameters = list(state.weights.values())
        zeros = [np.zeros_like(parameter) for parameter in parameters]
        first = zeros if state.first is None else list(state.first.values())
        second = zeros if state.second is None else list(state.second.values())
        return cls(tuple(state.weights), parameters, first, second, state.steps)

    def state(self) -> TranslatorState:
        """Back to NumPy; done only when someone looks, for it copies megabytes."""
        from keras import ops

        def arrays(tensors: list[Any]) -> MappingProxyType[str, FloatArray]:
            named = {
                name: np.asarray(ops.convert_to_numpy(tensor))
                for name, tensor in zip(self.names, tensors, strict=True)
            }
            for array in named.values():
                array.setflags(write=False)
            return MappingProxyType(named)

        return TranslatorState(
            arrays(self.parameters), arrays(self.first), arrays(self.second), self.steps
        )


class _Run:
    """The compiled update with the batches and settings of one training."""

    def __init__(self, config: TranslatorConfig, pairs: Pairs, played: Played | None) -> None:
        # Brings in the backend: seconds, so not before somebody trains.
        from midime_engine.translation import step

        self.steps_per_call = step.STEPS_PER_CALL
        self._compiled: Callable[..., Any] = step.several_steps(config)
        self._config = config
        self._batches = Batches(pairs, config, played)
        self._precision = precision(pairs)
        self._weights = np.array([getattr(config, name) for name in WEIGHTS], np.float32)

    def __call__(self, point: _Point, count: int) -> tuple[_Point, FloatArray]:
        """Train on for ``count`` steps; the terms are ``[count, len(TERMS)]``."""
        from keras import ops

        from midime_engine.learning.adam import AdamState
        from midime_engine.translation.step import Inputs

        rates = [learning_rate(self._config, point.steps + i) for i in range(self.steps_per_call)]
        state, terms = self._compiled(
            AdamState(point.parameters, point.first, point.second),
            Inputs(
                batches=self._stack(point.steps, count),
                start=np.asarray(point.steps, np.int32),
                count=np.asarray(count, np.int32),
                weights=self._weights,
                precision=self._precision,
                learning_rates=np.array(rates, np.float32),
            ),
        )
        parameters, first, second = map(list, state)
        after = _Point(point.names, parameters, first, second, point.steps + count)
        return after, np.asarray(ops.convert_to_numpy(terms))[:count]

    def redo(self, point: _Point, count: int) -> TranslatorState:
        """The state ``count`` steps after ``point``, for a caller who stopped within a call."""
        return self(point, count)[0].state()

    def _stack(self, start: int, count: int) -> Batch:
        """``steps_per_call`` batches on a first axis; what is not used repeats the first."""
        drawn = [self._batches.at(start + i) for i in range(count)]
        return stack(drawn + [drawn[0]] * (self.steps_per_call - count))
