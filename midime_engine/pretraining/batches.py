"""Batches of windows: step ``k`` of a run is the same however often the run was resumed."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from midime_engine.converters.classes import FIRST_ONSET, N_MELODY_CLASSES

if TYPE_CHECKING:
    from midime_engine.pretraining.config import PretrainingConfig
    from midime_engine.protocols import FloatArray, IntArray

__all__ = ["Batch", "batch_at", "rows_at", "transpose_at_random", "transposed"]


class Batch(NamedTuple):
    """One batch with all the randomness that its step needs."""

    tokens: IntArray
    """``[b, steps, parts]``."""

    keep: FloatArray
    """``[b, steps]``, 0 where a fed-back token is hidden from the decoder."""

    noise: FloatArray
    """``[b, z_size]``, standard normal."""


def rows_at(step: int, n_windows: int, config: PretrainingConfig) -> IntArray:
    """Which windows optimisation step ``step`` sees: each epoch is a fresh permutation."""
    per_epoch = max(1, n_windows // config.batch_size)
    epoch, index = divmod(step, per_epoch)
    order = _permutation(config.seed, epoch, n_windows)
    return order[index * config.batch_size : (index + 1) * config.batch_size]


@functools.lru_cache(maxsize=2)
def _permutation(seed: int, epoch: int, n: int) -> IntArray:
    return np.random.default_rng([seed, 1, epoch]).permutation(n).astype(np.int32)


def batch_at(
    windows: IntArray,
    step: int,
    config: PretrainingConfig,
    *,
    parts: tuple[str, ...],
    z_size: int,
    input_dropout: float,
) -> Batch:
    """The batch of optimisation step ``step``, with its randomness."""
    rng = np.random.default_rng([config.seed, 2, step])
    # Rows of a mapped file are read in their order, which is faster and changes nothing.
    tokens = windows[np.sort(rows_at(step, len(windows), config))].astype(np.int32)
    if config.max_transposition:
        tokens = transpose_at_random(tokens, config.max_transposition, parts, rng)
    keep = rng.random(tokens.shape[:2], np.float32) >= input_dropout
    noise = rng.standard_normal((len(tokens), z_size), np.float32)
    return Batch(tokens, keep.astype(np.float32), noise)


def transpose_at_random(
    tokens: IntArray, most: int, parts: tuple[str, ...], rng: np.random.Generator
) -> IntArray:
    """Move each window by its own interval, all pitched parts alike, within the model's range."""
    if all(part == "drums" for part in parts):
        return tokens
    shift = rng.integers(-most, most + 1, len(tokens)).astype(np.int32)
    return transposed(tokens, shift, parts)


def transposed(tokens: IntArray, shift: IntArray | int, parts: tuple[str, ...]) -> IntArray:
    """Pitched parts of each window ``shift`` semitones higher, as far as its range allows."""
    pitched = [index for index, part in enumerate(parts) if part != "drums"]
    melodic = tokens[:, :, pitched]
    onset = melodic >= FIRST_ONSET
    highest = np.where(onset, melodic, FIRST_ONSET).max(axis=(1, 2))
    lowest = np.where(onset, melodic, N_MELODY_CLASSES - 1).min(axis=(1, 2))
    shift = np.clip(shift, FIRST_ONSET - lowest, N_MELODY_CLASSES - 1 - highest)
    moved = tokens.copy()
    moved[:, :, pitched] = np.where(onset, melodic + shift[:, None, None], melodic)
    return moved
