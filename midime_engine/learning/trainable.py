"""What training changes, and a network that can be read while a trainer replaces it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from midime_engine.protocols import FloatArray

    Arrays = Mapping[str, FloatArray]

__all__ = ["Trainable", "TrainingState", "read_only"]


@dataclass(frozen=True, slots=True, eq=False)
class TrainingState:
    """Everything that training changes; enough to go on exactly where it stopped."""

    weights: Arrays
    """Variable name to float32 array, in the order of the config's ``variable_shapes``."""

    first: Arrays | None = None
    """Adam's running means of the gradients; None before the first step."""

    second: Arrays | None = None
    """Adam's running means of the squared gradients; None before the first step."""

    steps: int = 0
    """Updates done with these moments."""


class Trainable:
    """A network whose arrays are replaced all at once.

    Safe to read from several threads while one of them trains it.
    """

    def __init__(self, state: TrainingState) -> None:
        """Begin with ``state``."""
        self._state: TrainingState | Callable[[], TrainingState] = state

    @property
    def state(self) -> TrainingState:
        """Weights and moments after the last step that its trainer was told about."""
        state = self._state
        if not isinstance(state, TrainingState):
            state = self._state = state()
        return state

    def adopt(self, state: TrainingState | Callable[[], TrainingState]) -> None:
        """Replace all that training changes, at once; a function is called when first needed."""
        self._state = state

    @property
    def weights(self) -> Arrays:
        """Variable name to read-only float32 array, in the order of the config."""
        return self.state.weights


def read_only(arrays: dict[str, FloatArray]) -> Arrays:
    """The same arrays, which nobody can change from now on."""
    for array in arrays.values():
        array.setflags(write=False)
    return MappingProxyType(arrays)
