"""Settings of a pretraining run, and how the learning rate and beta move with its progress."""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["STEPS_ON_ACCELERATOR", "PretrainingConfig"]

STEPS_ON_ACCELERATOR = 32
"""Enough to hide the start of a call, few enough for schedules that follow the clock."""


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
    min_beta: float = 0.0
    """Weight of the KL at the start; above zero only where the latent is in use already."""

    free_bits: float = 0.0

    input_dropout: float = 0.2
    """Share of fed-back tokens that the decoder is not shown, so that it relies on ``z``."""

    first_input_dropout: float = 1.0
    """That share at the start: a decoder that is shown nothing must read ``z`` from the first step,
    instead of learning to go on by itself first. Where a whole model is given to start from, it can
    be as low as :attr:`input_dropout` at once."""

    dropout_share: float = 0.1
    """Share of the run in which it falls to :attr:`input_dropout`."""

    start_from: str = ""
    """Checkpoint or embedded model whose weights the run starts from; empty for random ones. Of
    models with other shapes (several, with commas between) it takes what
    :mod:`midime_engine.pretraining.transfer` can use."""

    upper_level_only: bool = False
    """Train what lies between the two-bar models that a longer model stands on, on what they hear:
    :mod:`midime_engine.pretraining.upper`. A run on the notes themselves can follow."""

    freeze_first_level: bool = False
    """Keep the lower level of the encoder as it is, where it was taken from another model."""

    steps_per_call: int = 0
    """Steps between two looks at the clock, compiled into one call where the backend can do that;
    0 chooses: 1 on a CPU, :data:`STEPS_ON_ACCELERATOR` on anything faster."""

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
        if self.steps_per_call < 0:
            raise ValueError(f"steps_per_call must be 0 or more; got {self.steps_per_call}.")
        if not 0 <= self.input_dropout < 1 or not 0 <= self.first_input_dropout <= 1:
            raise ValueError(
                "input_dropout must be in [0, 1) and first_input_dropout in [0, 1]; got "
                f"{self.input_dropout} and {self.first_input_dropout}."
            )

    def learning_rate_at(self, progress: float) -> float:
        """Learning rate after ``progress`` of the run, 0 to 1."""
        if progress < self.warmup_share:
            return self.learning_rate * max(progress, 1e-4) / self.warmup_share
        along = min(1.0, (progress - self.warmup_share) / (1.0 - self.warmup_share))
        cosine = 0.5 * (1.0 + math.cos(math.pi * along))
        return self.final_learning_rate + (self.learning_rate - self.final_learning_rate) * cosine

    def beta_at(self, progress: float) -> float:
        """Weight of the KL after ``progress`` of the run, 0 to 1."""
        risen = min(1.0, progress / self.beta_share) ** 2
        return self.min_beta + (self.max_beta - self.min_beta) * risen

    def input_dropout_at(self, progress: float) -> float:
        """Share of fed-back tokens hidden after ``progress`` of the run, 0 to 1."""
        fallen = min(1.0, progress / self.dropout_share)
        return self.first_input_dropout + fallen * (self.input_dropout - self.first_input_dropout)
