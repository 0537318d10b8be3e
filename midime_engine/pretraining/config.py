"""Settings of a pretraining run, and how the learning rate and beta move with its progress."""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["PretrainingConfig"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PretrainingConfig:
    """Hyperparameters of a run. The defaults are those that gave the embedded ``mel_2bar``."""

    model: str = "mel_2bar"
    batch_size: int = 256

    minutes: float = 60.0
    """Length of the run by the clock, summed over interruptions. Schedules follow it, so the run
    ends where it should on a slow machine too, only with fewer sequences behind it."""

    learning_rate: float = 2e-3
    """Adam's peak, reached after :attr:`warmup_share` of the run; a cosine leads down from it."""

    final_learning_rate: float = 2e-5
    warmup_share: float = 0.02

    max_beta: float = 0.1
    """Weight of the KL at the end. It must be near zero at first, or the latent is emptied before
    it is used; it grows with the square of the progress until :attr:`beta_share` of the run."""

    beta_share: float = 0.8
    free_bits: float = 0.0

    input_dropout: float = 0.2
    """Share of fed-back tokens that the decoder is not shown, so that it relies on ``z``."""

    max_transposition: int = 6
    """Semitones, up or down, drawn for each window; drums are never transposed."""

    clip_norm: float = 1.0
    """Global norm of the gradients, as Magenta clips."""

    matmul_dtype: str = "bfloat16"
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse settings with which nothing can be learned."""
        if self.batch_size < 1 or self.minutes <= 0 or self.learning_rate <= 0:
            raise ValueError("batch_size, minutes and learning_rate must be positive.")
        if not 0 <= self.input_dropout < 1:
            raise ValueError(f"input_dropout must be in [0, 1); got {self.input_dropout}.")

    def learning_rate_at(self, progress: float) -> float:
        """Learning rate after ``progress`` of the run, 0 to 1."""
        if progress < self.warmup_share:
            return self.learning_rate * max(progress, 1e-4) / self.warmup_share
        along = min(1.0, (progress - self.warmup_share) / (1.0 - self.warmup_share))
        cosine = 0.5 * (1.0 + math.cos(math.pi * along))
        return self.final_learning_rate + (self.learning_rate - self.final_learning_rate) * cosine

    def beta_at(self, progress: float) -> float:
        """Weight of the KL after ``progress`` of the run, 0 to 1."""
        return self.max_beta * min(1.0, progress / self.beta_share) ** 2
