"""The steps of a training as they are taken: remembered, and timed without what happens between."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TimedSteps"]

_Step = TypeVar("_Step")


class TimedSteps(Generic[_Step]):
    """A training: iterate to take its steps, leave the loop whenever you like.

    It can be iterated once more after a break; it goes on where it stopped.
    """

    def __init__(self, steps: Iterator[_Step]) -> None:
        """``steps`` trains each time it is asked for the next."""
        self.seconds = 0.0
        """Time spent in training steps, without what the caller did in between."""
        self._steps = steps
        self._history: list[_Step] = []

    @property
    def history(self) -> tuple[_Step, ...]:
        """The steps taken so far."""
        return tuple(self._history)

    def __iter__(self) -> Iterator[_Step]:
        """Take one step for each turn of the loop."""
        while True:
            began = time.perf_counter()
            step = next(self._steps, None)
            self.seconds += time.perf_counter() - began
            if step is None:
                return
            self._history.append(step)
            yield step
