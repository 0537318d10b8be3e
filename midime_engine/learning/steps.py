"""Training as an iterator of plain steps: a few are computed in one call and handed out one by one.

Whoever breaks out in between still finds the weights of exactly the last step that they were given:
the steps up to there are done once more, but only if somebody looks.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from midime_engine.errors import TrainingError
from midime_engine.learning.trainable import TrainingState, read_only

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from midime_engine.learning.trainable import Trainable
    from midime_engine.protocols import FloatArray

__all__ = ["Point", "Run", "one_by_one", "to_arrays"]


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """A training state in the form the compiled update takes: lists, of tensors or arrays."""

    names: tuple[str, ...]
    parameters: list[Any]
    first: list[Any]
    second: list[Any]
    steps: int

    @classmethod
    def of(cls, state: TrainingState) -> Point:
        """Where ``state`` stands; moments begin at zero."""
        parameters = list(state.weights.values())
        zeros = [np.zeros_like(parameter) for parameter in parameters]
        first = zeros if state.first is None else list(state.first.values())
        second = zeros if state.second is None else list(state.second.values())
        return cls(tuple(state.weights), parameters, first, second, state.steps)

    def state(self) -> TrainingState:
        """Back to NumPy; done only when someone looks, for it copies megabytes."""
        return TrainingState(
            to_arrays(self.names, self.parameters),
            to_arrays(self.names, self.first),
            to_arrays(self.names, self.second),
            self.steps,
        )


class Run:
    """The compiled update with all that one training puts into it."""

    def __init__(
        self,
        compiled: Callable[..., Any],
        inputs: Callable[[int, int], Any],
        *,
        steps_per_call: int,
    ) -> None:
        """Put together what is compiled and what goes in.

        Args:
            compiled: Takes an :class:`~midime_engine.learning.adam.AdamState` and inputs, and
                returns the new state and the terms ``[steps_per_call, n]``.
            inputs: From the steps done before, and those to do now, to the inputs.
            steps_per_call: The most that is done in one call.
        """
        self._compiled = compiled
        self._inputs = inputs
        self.steps_per_call = steps_per_call

    def __call__(self, point: Point, count: int) -> tuple[Point, FloatArray]:
        """Train on for ``count`` steps; the terms are ``[count, n]``, what is minimised first."""
        from keras import ops

        from midime_engine.learning.adam import AdamState

        state, terms = self._compiled(
            AdamState(point.parameters, point.first, point.second), self._inputs(point.steps, count)
        )
        parameters, first, second = map(list, state)
        after = Point(point.names, parameters, first, second, point.steps + count)
        return after, np.asarray(ops.convert_to_numpy(terms))[:count]

    def redo(self, point: Point, count: int) -> TrainingState:
        """The state ``count`` steps after ``point``, for a caller who stopped within a call."""
        return self(point, count)[0].state()


def one_by_one(
    network: Trainable, run: Run, n_steps: int, *, unit: str
) -> Iterator[tuple[int, list[float]]]:
    """Train ``network`` in place for ``n_steps``; yield each step's number and its terms.

    Args:
        network: What to train. Give each trainer its own.
        run: What trains it.
        n_steps: How many to do now, at least 1.
        unit: What a step is called where it breaks down.

    Raises:
        TrainingError: If the loss is no longer finite.
    """
    point = Point.of(network.state)
    end = point.steps + n_steps
    while point.steps < end:
        count = min(run.steps_per_call, end - point.steps)
        after, told = run(point, count)
        for done, terms in enumerate(told.tolist(), start=1):
            if not math.isfinite(terms[0]):
                raise TrainingError(
                    f"Training broke down in {unit} {point.steps + done}: the loss is {terms[0]}.",
                    remedy="Lower the learning rate and train again from the start.",
                )
            network.adopt(
                after.state if done == count else functools.partial(run.redo, point, done)
            )
            yield point.steps + done, terms
        point = after


def to_arrays(names: Iterable[str], tensors: Iterable[Any]) -> Mapping[str, FloatArray]:
    """Tensors of the backend as read-only NumPy arrays, by their names."""
    from keras import ops

    return read_only(
        {
            name: np.asarray(ops.convert_to_numpy(tensor))
            for name, tensor in zip(names, tensors, strict=True)
        }
    )
