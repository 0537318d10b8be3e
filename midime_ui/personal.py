"""A trained MidiMe as plain data, so that a session can hold it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from midime_engine.midime.training import TrainingStep
    from midime_ui.rules import Applied

__all__ = ["Personal"]


@dataclass(frozen=True, slots=True)
class Personal:
    """A trained MidiMe and how it came about."""

    data: bytes
    """The model as its file (safetensors): config and weights."""

    fingerprint: str
    """Of what it was trained on: another song or track needs another training."""

    steps: tuple[TrainingStep, ...]
    """The loss curve."""

    n_vectors: int
    """How many vectors it was trained on: the chunks of the song and their transposed copies."""

    seconds: float
    """Time the training took."""

    stopped_early: bool
    """The visitor pressed stop before the last epoch."""

    rules: Applied | None = None
    """What acts on everything that it plays, on the page for exploring."""

    sha256: str = field(init=False, repr=False, compare=False)
    """What identifies the weights; computed once, of megabytes."""

    def __post_init__(self) -> None:
        """Look at the bytes once."""
        object.__setattr__(self, "sha256", hashlib.sha256(self.data).hexdigest())

    @property
    def key(self) -> tuple[str, ...]:
        """What its music depends on, for caches."""
        at_work = self.rules is not None and self.rules.is_at_work
        return (self.sha256, *(self.rules.key if self.rules and at_work else ()))

    @property
    def identity(self) -> str:
        """What is saved of it: its weights, and the rules that it carries, switched on or not."""
        if self.rules is None:
            return self.sha256
        return hashlib.sha256(f"{self.sha256} {self.rules.rules.sha256}".encode()).hexdigest()
