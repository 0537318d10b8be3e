"""A Sketch-RNN as its users see it: drawings in, drawings out.

Randomness comes from NumPy, one stream per row of a batch: a seed gives the same drawing on every
backend, however many are decoded with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.latent.latents import Latents
from midime_engine.musicvae.serving import compiled, prepare_devices
from midime_engine.sketches.network import network_of
from midime_engine.sketches.strokes import (
    END,
    WIDTH,
    drawing_from_rows,
    is_finished,
    rows_from_drawings,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from midime_engine.latent.mixture import Mixture
    from midime_engine.protocols import FloatArray
    from midime_engine.sketches.config import SketchConfig
    from midime_engine.sketches.drawing import Drawing

__all__ = ["SketchRNN"]

_BATCH: Final = 512
"""Drawings at once: more run no faster and take more memory."""

_STATES: Final = 3


class SketchRNN:
    """Turns drawings into latent vectors and back. Safe to share between threads."""

    def __init__(
        self,
        config: SketchConfig,
        arrays: Mapping[str, npt.NDArray[Any]],
        *,
        mixture: Mixture | None = None,
    ) -> None:
        """Build the network and take the weights ``arrays``, by name.

        ``mixture`` says where in ``z`` drawings lie, if that was measured.

        Raises:
            CheckpointMismatchError: the weights are not exactly those of the network.
        """
        prepare_devices()
        self.config = config
        self.mixture = mixture
        network = network_of(config, arrays)
        network.trainable = False  # graphs without gradients are traced in a third of the time
        steps = config.n_steps
        self._encode = compiled(network.encoder, [((None, steps, WIDTH), "float32")])
        noise = [(steps, None, size) for size in (config.n_mixtures, 2, _STATES)]
        self._decode = compiled(
            network.decoder.generate,
            [(shape, "float32") for shape in [(None, config.z_size), *noise]],
        )

    @property
    def z_size(self) -> int:
        """Numbers of a latent vector."""
        return self.config.z_size

    def encode(self, drawings: Sequence[Drawing]) -> Latents:
        """The posterior of each drawing: ``mu`` and ``sigma`` ``[n, z_size]``.

        Points beyond those that the model reads are cut off: simplify first.
        """
        config = self.config
        mu = np.zeros((len(drawings), config.z_size), np.float32)
        sigma = np.ones_like(mu)
        for start in range(0, len(drawings), _BATCH):
            some = drawings[start : start + _BATCH]
            rows = rows_from_drawings(some, steps=config.n_steps, scale=config.scale)
            rows[:, -1] = np.eye(WIDTH, dtype=np.float32)[END]  # as in training: the end is seen
            at = slice(start, start + len(some))
            mu[at], sigma[at] = (np.asarray(part) for part in self._encode(rows))
        return Latents(mu, sigma)

    def decode_rows(
        self, z: npt.ArrayLike, *, temperature: float | None = None, seed: int | Sequence[int] = 0
    ) -> FloatArray:
        """Rows ``[n, n_steps, 5]`` for ``z`` ``[n, z_size]``; see :meth:`decode`.

        Raises:
            ValueError: ``z`` has another shape or is not finite, ``temperature`` is negative, or
                there is another number of seeds.
        """
        config = self.config
        points = np.asarray(z, np.float32)
        if points.ndim != 2 or points.shape[1] != config.z_size:  # noqa: PLR2004 - a matrix
            raise ValueError(f"z must be [n, {config.z_size}]; got {points.shape}.")
        if not np.isfinite(points).all():
            raise ValueError("z must be finite numbers.")
        if temperature is not None and not 0 <= temperature < np.inf:
            raise ValueError(f"temperature must not be negative; got {temperature}.")
        streams = _streams(seed, len(points))
        rows = np.zeros((len(points), config.n_steps, WIDTH), np.float32)
        for start in range(0, len(points), _BATCH):
            at = slice(start, min(len(points), start + _BATCH))
            noise = self._noise(streams[at], temperature)
            rows[at] = np.asarray(self._decode(points[at], *noise))
        return rows

    def decode(
        self, z: npt.ArrayLike, *, temperature: float | None = None, seed: int | Sequence[int] = 0
    ) -> list[Drawing]:
        """A drawing for each ``z`` ``[n, z_size]``.

        ``temperature`` None takes the likeliest way at each step; otherwise components and pen
        states are drawn from the softmax of the logits divided by it, and offsets with variances
        times it. A sequence of ``n`` seeds decodes each row as if it were alone, with its own.

        Raises:
            ValueError: as :meth:`decode_rows`.
        """
        rows = self.decode_rows(z, temperature=temperature, seed=seed)
        return [drawing_from_rows(row, scale=self.config.scale) for row in rows]

    def finishes(
        self, z: npt.ArrayLike, *, temperature: float | None = None, seed: int | Sequence[int] = 0
    ) -> npt.NDArray[np.bool_]:
        """Whether each drawing comes to its end by itself, ``[n]``; arguments as :meth:`decode`."""
        rows = self.decode_rows(z, temperature=temperature, seed=seed)
        return np.array([is_finished(row) for row in rows], bool)

    def prior(self, n: int, *, seed: int = 0) -> FloatArray:
        """``n`` draws from the prior, ``[n, z_size]``; the first of them do not depend on ``n``."""
        rng = np.random.default_rng([seed, 1])
        return rng.standard_normal((n, self.config.z_size), np.float32)

    def starts(self, n: int, *, seed: int = 0) -> FloatArray:
        """``n`` points where drawings lie, ``[n, z_size]``: draws from the mixture.

        Of a model without one, from the prior.
        """
        return self.mixture.sample(n, seed=seed) if self.mixture else self.prior(n, seed=seed)

    def _noise(
        self, streams: Sequence[tuple[int, int]], temperature: float | None
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """For components, offsets and pen states, ``[n_steps, rows, …]`` each."""
        config = self.config
        steps, n, m = config.n_steps, len(streams), config.n_mixtures
        gumbel = np.zeros((steps, n, m + _STATES), np.float32)
        normal = np.zeros((steps, n, 2), np.float32)
        if temperature:
            for column, (seed, row) in enumerate(streams):
                rng = np.random.default_rng([seed, 2, row])
                exponential = rng.standard_exponential((steps, m + _STATES), np.float32)
                gumbel[:, column] = -np.log(np.maximum(exponential, np.finfo(np.float32).tiny))
                normal[:, column] = rng.standard_normal((steps, 2), np.float32)
            gumbel *= temperature
            normal *= np.sqrt(temperature)
        return gumbel[:, :, :m], normal, gumbel[:, :, m:]


def _streams(seed: int | Sequence[int], n: int) -> list[tuple[int, int]]:
    """Seed and number of the random stream of each of ``n`` rows."""
    if isinstance(seed, int | np.integer):
        return [(int(seed), row) for row in range(n)]
    if len(seed) != n:
        raise ValueError(f"There must be one seed, or one for each of {n} rows; got {len(seed)}.")
    return [(int(each), 0) for each in seed]
