"""How a Sketch-RNN is trained: by the clock, with schedules of its share."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from midime_engine.errors import OptionError

__all__ = ["SketchSettings"]

_FINAL_LEARNING_RATE: Final = 1e-5
_WARMUP_SHARE: Final = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class SketchSettings:
    """Settings of a run."""

    model: str = "sketches"

    n_drawings: int = 100_000
    """Drawings to train on; the program draws them before the run begins."""

    minutes: float = 40.0
    batch_size: int = 128

    learning_rate: float = 2e-3
    """Peak of Adam's; it rises for a fiftieth of the run and falls along a cosine."""

    max_beta: float = 0.3
    """Weight of the KL in the end. The paper's is about 1 in these units, and its drawings keep
    the kind and lose much of the rest."""

    beta_share: float = 0.6
    """Share of the run in which the weight rises."""

    input_dropout: float = 0.1
    """Share of the rows that the decoder is not shown."""

    stretch: float = 0.1
    """How much wider, narrower, higher or lower a drawing may be on each occasion; the paper's."""

    matmul_dtype: str = "bfloat16"
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be trained with.

        Raises:
            OptionError: a setting is out of range.
        """
        positive = (self.n_drawings, self.minutes, self.batch_size, self.learning_rate)
        if min(positive) <= 0 or self.max_beta < 0:
            raise OptionError(
                "Drawings, minutes, batch size and learning rate must be above zero.",
                remedy="See midime pretrain-sketches --help.",
            )
        if not (0 < self.beta_share <= 1 and 0 <= self.input_dropout < 1 and 0 <= self.stretch < 1):
            raise OptionError(
                "Shares must be between 0 and 1.", remedy="See midime pretrain-sketches --help."
            )
        if self.matmul_dtype not in {"bfloat16", "float32"}:
            raise OptionError(
                f"Products cannot be {self.matmul_dtype}.", remedy="Choose bfloat16 or float32."
            )

    def learning_rate_at(self, share: float) -> float:
        """Adam's learning rate when ``share`` of the run is over."""
        if share < _WARMUP_SHARE:
            return self.learning_rate * max(share / _WARMUP_SHARE, 0.01)
        falling = (share - _WARMUP_SHARE) / (1.0 - _WARMUP_SHARE)
        above = (self.learning_rate - _FINAL_LEARNING_RATE) / 2.0
        return _FINAL_LEARNING_RATE + above * (1.0 + math.cos(math.pi * falling))

    def beta_at(self, share: float) -> float:
        """Weight of the KL when ``share`` of the run is over; it rises late, so that codes form."""
        return self.max_beta * min(1.0, share / self.beta_share) ** 2
