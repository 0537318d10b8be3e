"""Runs of pretraining small and steady enough for a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midime_engine.pretraining.config import PretrainingConfig
from midime_engine.pretraining.windows import Windows

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["RUN", "arpeggios", "ticking"]

RUN = PretrainingConfig(
    model="testing",
    batch_size=16,
    minutes=20.0,
    learning_rate=0.02,
    max_beta=0.01,
    matmul_dtype="float32",
    max_transposition=2,
)
"""With a clock that ticks ten seconds a step: 120 steps, records every two, snapshots every 30."""


def arpeggios() -> Windows:
    """Forty windows of broken chords to train on, eight others to be judged by."""
    tokens = np.zeros((48, 32, 1), np.int32)
    for row in range(48):
        root, third = 30 + row % 24, 3 + row // 24
        tokens[row, ::4, 0] = root + np.array([0, third, 7, 12, 7, third, 0, 7])
    return Windows(tokens[:40], tokens[40:], {"arpeggios": 48})


def ticking(seconds: float = 10.0) -> Callable[[], float]:
    """A clock that advances by ``seconds`` whenever it is read."""
    now = 1000.0

    def read() -> float:
        nonlocal now
        now += seconds
        return now

    return read
