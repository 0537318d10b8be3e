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

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.learning.steps import Run, one_by_one
from midime_engine.translation.batches import Batches, stack
from midime_engine.translation.config import WEIGHTS
from midime_engine.translation.precision import precision

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midime_engine.translation.config import TranslatorConfig
    from midime_engine.translation.model import Translator
    from midime_engine.translation.pairs import Pairs, Played
    from midime_engine.translation.step import Inputs

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
    # Brings in the backend: seconds, so not before somebody trains.
    from midime_engine.translation import step

    config = translator.config
    inputs = _Inputs(config, pairs, played)
    run = Run(step.several_steps(config), inputs, steps_per_call=step.STEPS_PER_CALL)
    for number, terms in one_by_one(translator, run, n_steps, unit="step"):
        total, reconstruction, *others = terms
        named = tuple(zip(WEIGHTS, others, strict=True))
        yield TranslationStep(number, total, reconstruction, named)


class _Inputs:
    """The batches and settings of one training."""

    def __init__(self, config: TranslatorConfig, pairs: Pairs, played: Played | None) -> None:
        self._config = config
        self._batches = Batches(pairs, config, played)
        self._precision = precision(pairs)
        self._weights = np.array([getattr(config, name) for name in WEIGHTS], np.float32)

    def __call__(self, start: int, count: int) -> Inputs:
        """What ``count`` steps after the first ``start`` need."""
        from midime_engine.translation.step import STEPS_PER_CALL, Inputs

        drawn = [self._batches.at(start + i) for i in range(count)]
        rates = [learning_rate(self._config, start + i) for i in range(STEPS_PER_CALL)]
        return Inputs(
            # What is not used repeats the first.
            batches=stack(drawn + [drawn[0]] * (STEPS_PER_CALL - count)),
            start=np.asarray(start, np.int32),
            count=np.asarray(count, np.int32),
            weights=self._weights,
            precision=self._precision,
            learning_rates=np.array(rates, np.float32),
        )
