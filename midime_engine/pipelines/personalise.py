"""Train a MidiMe on the vectors of a song, one epoch at a time.

Whoever calls owns the loop: a page draws between two epochs, a job leaves when it is told to, a
test makes a list. There is no thread in here::

    training = personalise.start(z, config)
    for step in training:
        print(step.epoch, step.total)
    variations = generate.sample(8, training.space, model)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from midime_engine.pipelines.timed_steps import TimedSteps
from midime_engine.protocols import PersonalSpace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midime_engine.midime.config import MidiMeConfig
    from midime_engine.midime.model import MidiMe
    from midime_engine.midime.training import TrainingStep
    from midime_engine.protocols import FloatArray

__all__ = ["Training", "start", "warm_up"]

Space = TypeVar("Space", bound=PersonalSpace)


class Training(TimedSteps["TrainingStep"], Generic[Space]):
    """A MidiMe in training, one epoch for each turn of the loop."""

    def __init__(self, space: Space, steps: Iterator[TrainingStep]) -> None:
        """``steps`` takes one training step of ``space`` each time it is asked for the next."""
        super().__init__(steps)
        self.space = space
        """What is being trained. Usable after every step."""

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
