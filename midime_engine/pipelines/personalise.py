"""Train a MidiMe on the vectors of a song, one epoch at a time.

Whoever calls owns the loop: a page draws between two epochs, a job leaves when it is told to, a
test makes a list. There is no thread in here::

    training = personalise.start(z, config)
    for step in training:
        print(step.epoch, step.total)
    variations = generate.sample(8, training.space, model)
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Generic, TypeVar

from midime_engine.protocols import PersonalSpace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midime_engine.midime.config import MidiMeConfig
    from midime_engine.midime.model import MidiMe
    from midime_engine.midime.training import TrainingStep
    from midime_engine.protocols import FloatArray

__all__ = ["Training", "start", "warm_up"]

Space = TypeVar("Space", bound=PersonalSpace)


class Training(Generic[Space]):
    """A MidiMe in training: iterate to train it, leave the loop whenever you like.

    It can be iterated once more after a break; it goes on where it stopped.
    """

    def __init__(self, space: Space, steps: Iterator[TrainingStep]) -> None:
        """``steps`` takes one training step of ``space`` each time it is asked for the next."""
        self.space = space
        """What is being trained. Usable after every step."""
        self.seconds = 0.0
        """Time spent in training steps, without what the caller did in between."""
        self._steps = steps
        self._history: list[TrainingStep] = []

    @property
    def history(self) -> tuple[TrainingStep, ...]:
        """The steps taken so far."""
        return tuple(self._history)

    def __iter__(self) -> Iterator[TrainingStep]:
        """Train, one epoch for each turn of the loop."""
        while True:
            began = time.perf_counter()
            step = next(self._steps, None)
            self.seconds += time.perf_counter() - began
            if step is None:
                return
            self._history.append(step)
            yield step

    def finish(self) -> Space:
        """Train to the end and return the space."""
        for _ in self:
            pass
        return self.space


def warm_up(z: FloatArray, config: MidiMeConfig) -> None:
    """Load the backend and compile for data like ``z``, so that a training starts at once.

    Takes a second or two the first time in a process; a thread may do it while music is read.
    """
    from midime_engine.midime.training import prepare

    prepare(config, len(z))


def start(z: FloatArray, config: MidiMeConfig) -> Training[MidiMe]:
    """Make a MidiMe for ``z``, float32 ``[n, input_size]``, and get ready to train it.

    Loads Keras and its backend: seconds, the first time in a process.

    Raises:
        TrainingError: When there is too little to train on; while iterating, when the loss is no
            longer finite.
    """
    from midime_engine.midime.model import MidiMe
    from midime_engine.midime.training import training_steps

    midime = MidiMe(config)
    return Training(midime, training_steps(midime, z, epochs=config.epochs))
