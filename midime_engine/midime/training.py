"""Training as an iterator of plain steps; whoever calls it owns the loop.

Source: ``midi_me.ts``, lines 153-195: one epoch is one full-batch update by Adam. No threads, no
callbacks: break out to stop, call again to go on. Ten epochs are computed in one compiled call
and handed out one by one; a caller who breaks out in between still finds the weights of exactly
the last step it was given.

Random numbers come from NumPy, each epoch's noise from its own stream of the seed. So the same
seed gives the same curve on one machine, however the run was interrupted, and a curve that
differs only in rounding elsewhere.

Chunks are padded with masked rows to a power of two, at least :data:`SMALLEST_BATCH`, so that
songs of nearly any length share one executable.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.errors import TrainingError
from midime_engine.learning.steps import Point, Run, one_by_one
from midime_engine.learning.trainable import TrainingState
from midime_engine.midime.flatness import is_flat

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from midime_engine.midime.config import MidiMeConfig
    from midime_engine.midime.model import MidiMe
    from midime_engine.midime.step import Inputs
    from midime_engine.protocols import FloatArray

__all__ = ["MAX_CHUNKS", "SMALLEST_BATCH", "TrainingStep", "prepare", "training_steps"]

SMALLEST_BATCH: Final = 32
"""Rows of the smallest executable: 64 bars, which most songs do not exceed. On two cores an epoch
of 32 rows takes 1.5 ms, most of it for Adam, which does not depend on the number of rows."""

MAX_CHUNKS: Final = 16_384
"""Vectors in one training: twenty minutes of music in all twelve keys, four times over. Larger
batches would take half a second per epoch."""

_NOISE_STREAM: Final = 1  # Of the seed; stream 0 draws the first weights.
_RANK: Final = 2


@dataclass(frozen=True, slots=True)
class TrainingStep:
    """What a loss curve needs, and nothing that holds on to a graph."""

    epoch: int
    """Number of the epoch, from 1, counting on when training is resumed."""

    total: float
    """``reconstruction + beta * kl``, in nats per chunk, before this epoch's update."""

    reconstruction: float
    """Half the squared error, summed over the vector and averaged over the chunks."""

    kl: float
    """Divergence of the posterior from the prior, averaged over the chunks."""


def training_steps(
    midime: MidiMe, z: npt.ArrayLike, *, epochs: int | None = None
) -> Iterator[TrainingStep]:
    """Train ``midime`` in place on ``z`` and yield each epoch's loss.

    Arguments are checked at once, before the first step is asked for. A second call goes on with
    the weights, the moments and the count of epochs of the first. With ``config.early_stop`` the
    iterator ends early when the curve of this call is flat (see ``flatness``).

    Args:
        midime: What to train. Give each trainer its own.
        z: Vectors of the user's music, the mu of a MusicVAE, ``[n, input_size]``, n at least 1.
        epochs: How many to do now; ``config.epochs`` if None.

    Raises:
        TrainingError: If there is no vector, too many, or one that is not finite; later, if the
            loss is no longer finite.
        ValueError: If ``z`` has another shape or ``epochs`` is negative.
    """
    chunks = _checked(z, midime.config)
    n_epochs = midime.config.epochs if epochs is None else epochs
    if n_epochs < 0:
        raise ValueError(f"epochs must not be negative; got {n_epochs}.")
    return _steps(midime, chunks, n_epochs)


def prepare(config: MidiMeConfig, n_chunks: int = SMALLEST_BATCH) -> None:
    """Load the backend and compile, so that a later training of ``n_chunks`` starts at once.

    Takes a second or two and may run in a thread while music is being read or encoded; the result
    is shared by every training with the same network and as many rows.
    """
    chunks = np.zeros([n_chunks, config.input_size], np.float32)
    weights = {name: np.zeros(shape, np.float32) for name, shape in config.variable_shapes.items()}
    _run(config, chunks)(Point.of(TrainingState(weights)), 0)


def _checked(z: npt.ArrayLike, config: MidiMeConfig) -> FloatArray:
    chunks = np.asarray(z, dtype=np.float32)
    if chunks.ndim != _RANK or chunks.shape[1] != config.input_size:
        raise ValueError(f"z must be [n, {config.input_size}]; got shape {chunks.shape}.")
    if not 1 <= len(chunks) <= MAX_CHUNKS:
        raise TrainingError(
            f"A MidiMe cannot be trained on {len(chunks)} chunks of music.",
            remedy=f"Choose music that gives 1 to {MAX_CHUNKS} chunks.",
        )
    broken = np.flatnonzero(~np.isfinite(chunks).all(axis=1))
    if broken.size:
        raise TrainingError(
            f"{broken.size} of {len(chunks)} latent vectors hold numbers that are not finite, "
            f"the first in chunk {broken[0] + 1}.",
            remedy="Encode the music again; if it stays so, the MusicVAE weights are damaged.",
        )
    return chunks


def _steps(midime: MidiMe, chunks: FloatArray, n_epochs: int) -> Iterator[TrainingStep]:
    if n_epochs == 0:
        return
    totals: list[float] = []
    run = _run(midime.config, chunks)
    for epoch, (total, reconstruction, kl) in one_by_one(midime, run, n_epochs, unit="epoch"):
        yield TrainingStep(epoch, total, reconstruction, kl)
        totals.append(total)
        if midime.config.early_stop and is_flat(totals):
            return


def _run(config: MidiMeConfig, chunks: FloatArray) -> Run:
    # Brings in the backend: seconds, so not before somebody trains.
    from midime_engine.midime import step

    inputs = _Inputs(config, chunks)
    return Run(step.several_epochs(config), inputs, steps_per_call=step.EPOCHS_PER_CALL)


class _Inputs:
    """The chunks, noise and settings of one training."""

    def __init__(self, config: MidiMeConfig, chunks: FloatArray) -> None:
        self._config = config
        self._n = len(chunks)
        self._rows = max(SMALLEST_BATCH, 1 << (self._n - 1).bit_length())
        self._z = np.zeros([self._rows, config.input_size], np.float32)
        self._z[: self._n] = chunks
        self._mask = (np.arange(self._rows) < self._n).astype(np.float32)

    def __call__(self, start: int, count: int) -> Inputs:
        """What ``count`` epochs after the first ``start`` need."""
        from midime_engine.midime.step import EPOCHS_PER_CALL, Inputs

        return Inputs(
            z=self._z,
            mask=self._mask,
            noise=self._noise(start, count, EPOCHS_PER_CALL),
            start=np.asarray(start, np.int32),
            count=np.asarray(count, np.int32),
            beta=np.asarray(self._config.beta, np.float32),
            learning_rate=np.asarray(self._config.learning_rate, np.float32),
        )

    def _noise(self, start: int, count: int, n_epochs: int) -> FloatArray:
        """Standard normal ``[n_epochs, rows, latent_size]``, zero where nothing is used."""
        noise = np.zeros([n_epochs, self._rows, self._config.latent_size], np.float32)
        for i in range(count):
            rng = np.random.default_rng([self._config.seed, _NOISE_STREAM, start + i])
            rng.standard_normal(dtype=np.float32, out=noise[i, : self._n])
        return noise
