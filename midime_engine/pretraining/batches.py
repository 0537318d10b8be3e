"""Batches of windows: step ``k`` of a run is the same however often the run was resumed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from midime_engine.converters.classes import FIRST_ONSET, N_MELODY_CLASSES

if TYPE_CHECKING:
    from midime_engine.pretraining.config import PretrainingConfig
    from midime_engine.protocols import FloatArray, IntArray

__all__ = ["Batch", "batch_at", "transpose_at_random"]


class Batch(NamedTuple):
    """One batch with all the randomness that its step needs."""

    tokens: IntArray
    """``[b, steps, parts]``."""

    keep: FloatArray
    """``[b, steps]``, 0 where a fed-back token is hidden from the decoder."""

    noise: FloatArray
    """``[b, z_size]``, standard normal."""


def batch_at(
    windows: IntArray,
    step: int,
    config: PretrainingConfig,
    *,
    parts: tuple[str, ...],
    z_size: int,
) -> Batch:
    """The batch of optimisation step ``step``: each epoch is a fresh permutation."""
    n, steps = windows.shape[:2]
    per_epoch = max(1, n // config.batch_size)
    epoch, index = divmod(step, per_epoch)
    order = np.random.default_rng([config.seed, 1, epoch]).permutation(n)
    rng = np.random.default_rng([config.seed, 2, step])
    chosen = order[index * config.batch_size : (index + 1) * config.batch_size]
    tokens = windows[chosen]
    if config.max_transposition:
        tokens = transpose_at_random(tokens, config.max_transposition, parts, rng)
    keep = rng.random((len(chosen), steps), np.float32) >= config.input_dropout
    noise = rng.standard_normal((len(chosen), z_size), np.float32)
    return Batch(tokens, keep.astype(np.float32), noise)


def transpose_at_random(
    tokens: IntArray, most: int, parts: tuple[str, ...], rng: np.random.Generator
) -> IntArray:
    """Move each window by its own interval, all pitched parts alike, within the model's range."""
    pitched = [index for index, part in enumerate(parts) if part != "drums"]
    if not pitched:
        return tokens
    melodic = tokens[:, :, pitched]
    onset = melodic >= FIRST_ONSET
    shift = rng.integers(-most, most + 1, len(tokens))
    highest = np.where(onset, melodic, FIRST_ONSET).max(axis=(1, 2))
    lowest = np.where(onset, melodic, N_MELODY_CLASSES - 1).min(axis=(1, 2))
    shift = np.clip(shift, FIRST_ONSET - lowest, N_MELODY_CLASSES - 1 - highest)
    moved = tokens.copy()
    moved[:, :, pitched] = np.where(onset, melodic + shift[:, None, None], melodic)
    return moved
