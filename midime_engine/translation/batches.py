"""The batches of a training: which pairs, and all noise, drawn by NumPy from the seed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midime_engine.protocols import FloatArray
    from midime_engine.translation.config import TranslatorConfig
    from midime_engine.translation.pairs import Pairs, Played

__all__ = ["DIRECTIONS", "Batch", "Batches", "stack"]

DIRECTIONS: Final = 128
"""Lines on which clouds are compared, fresh in every step. The authors take as many square
matrices; single columns cost a hundredth and differ no more from one step to the next."""

_MIDDLE: Final = np.float32(0.5)
"""Share of all music that has less of an attribute, where nothing is known."""

_STREAM: Final = 1  # Of the seed; stream 0 draws the first weights.


class Batch(NamedTuple):
    """One batch, or several on a first axis; each pair of arrays is of the two sides."""

    x: tuple[Any, Any]
    """Draws from the posteriors of the base models, ``[n, size]``."""

    mu: tuple[Any, Any]
    """Their means, ``[n, size]``."""

    labels: tuple[Any, Any]
    """Attributes in 0..1, ``[n, n_labels]``."""

    wanted: tuple[Any, Any]
    """Attributes that the translation of each should have, ``[n, n_labels]``."""

    played: tuple[Any, Any]
    """What the judges learn from: ``x``, or translations that were played, ``[n, size]``."""

    measured: tuple[Any, Any]
    """Attributes of what was played, ``[n, n_labels]``."""

    noise: tuple[Any, Any]
    """Standard normal, ``[n, latent_size]``."""

    prior: Any
    """Standard normal, ``[n, shared_size]``."""

    directions: Any
    """Unit columns, ``[shared_size, k]``."""

    outward: tuple[Any, Any]
    """Unit columns in the space of each side, ``[size, k]``."""

    together: Any
    """1 where the two of a row sound together, ``[n]``."""

    songs: Any
    """Numbers of the songs, int32 ``[n]``."""


class Batches:
    """Draws of rows and noise for any step; the same step, the same batch."""

    def __init__(
        self, pairs: Pairs, config: TranslatorConfig, played: Played | None = None
    ) -> None:
        self._pairs = pairs
        self._config = config
        self._played = played

    def rows(self, step: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Which pairs: each once before any comes again, as far as a batch goes."""
        rng = self._rng(step, 0)
        n, size = len(self._pairs), self._config.batch_size
        rounds = [rng.permutation(n) for _ in range(-(-size // n))]
        return np.concatenate(rounds)[:size]

    def at(self, step: int) -> Batch:
        """The batch of a step."""
        rows, rng = self.rows(step), self._rng(step, 1)
        config, pairs = self._config, self._pairs
        n, small, shared = len(rows), config.latent_size, config.shared_size
        mu = [np.asarray(side.latents.mu[rows], np.float32) for side in pairs.sides]
        sigma = [np.asarray(side.latents.sigma[rows], np.float32) for side in pairs.sides]
        x = [
            centre + scale * rng.standard_normal(centre.shape, np.float32)
            for centre, scale in zip(mu, sigma, strict=True)
        ]
        labels = [np.asarray(side.labels[rows], np.float32) for side in pairs.sides]
        noise = [rng.standard_normal((n, small), np.float32) for _ in pairs.sides]
        prior = rng.standard_normal((n, shared), np.float32)
        directions = _directions(rng, shared)
        outward = [_directions(rng, domain.size) for domain in config.domains]
        together = pairs.together[rows].astype(np.float32)
        wanted = self._wanted(labels, together)
        played, measured = self._judged(x, labels, rng)
        return Batch(
            x=(x[0], x[1]),
            mu=(mu[0], mu[1]),
            labels=(labels[0], labels[1]),
            wanted=(wanted[0], wanted[1]),
            played=(played[0], played[1]),
            measured=(measured[0], measured[1]),
            noise=(noise[0], noise[1]),
            prior=prior,
            directions=directions,
            outward=(outward[0], outward[1]),
            together=together,
            songs=pairs.songs[rows].astype(np.int32),
        )

    def _wanted(self, labels: list[FloatArray], together: FloatArray) -> list[FloatArray]:
        """A mean of what the source has and what its partner has; of a stranger, the middle."""
        share = np.float32(self._config.compromise)
        mask = together[:, None]
        wanted = []
        for i in (0, 1):
            partner = mask * labels[1 - i] + (1 - mask) * _MIDDLE
            mean = (1 - share) * labels[i] + share * partner
            wanted.append(np.asarray(mean, np.float32))
        return wanted

    def _judged(
        self, x: list[FloatArray], labels: list[FloatArray], rng: np.random.Generator
    ) -> tuple[list[FloatArray], list[FloatArray]]:
        """Half real music and half translations, as soon as some have been played."""
        if self._played is None:
            return x, labels
        heard, measured = [], []
        is_played = np.arange(len(x[0]))[:, None] % 2 == 0
        for i in (0, 1):
            there, known = self._played.x[i], self._played.labels[i]
            rows = rng.integers(0, len(there), len(x[i]))
            heard.append(np.where(is_played, there[rows], x[i]))
            measured.append(np.where(is_played, known[rows], labels[i]))
        return heard, measured

    def _rng(self, step: int, part: int) -> np.random.Generator:
        return np.random.default_rng([self._config.seed, _STREAM, step, part])


def stack(batches: Sequence[Batch]) -> Batch:
    """Several batches as one, on a first axis."""

    def joined(values: tuple[Any, ...]) -> Any:
        if isinstance(values[0], tuple):
            return tuple(np.stack(side) for side in zip(*values, strict=True))
        return np.stack(values)

    return Batch(*(joined(values) for values in zip(*batches, strict=True)))


def _directions(rng: np.random.Generator, size: int) -> FloatArray:
    drawn = rng.standard_normal((size, DIRECTIONS), np.float32)
    return np.asarray(drawn / np.linalg.norm(drawn, axis=0, keepdims=True), np.float32)
