"""Whether the way from one piece of music to another leads through neighbours.

Random pairs of real windows are encoded; ten equal steps along the great circle between their
means are decoded greedily. A step is *smooth* when what it changes is less than what tells two
random windows apart. Changes are measured twice: by the share of tokens that differ, and by what
is heard (:mod:`midime_engine.metrics.distance`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.latent.interpolation import slerp
from midime_engine.metrics.distance import distance

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.musicvae.model import MusicVAE
    from midime_engine.protocols import IntArray

    Distances = npt.NDArray[np.float64]

__all__ = ["Change", "Smoothness", "smoothness"]

N_PAIRS: Final = 200
N_STEPS: Final = 10
_ENDS: Final = (slice(None, -1), slice(1, None))


@dataclass(frozen=True, slots=True)
class Change:
    """How much the steps of the way change, in one measure of 0..1."""

    by_step: tuple[float, ...]
    """Mean change of each step along the way, over all pairs."""

    largest_step: float
    """The largest change on a way, mean over all pairs."""

    ends: float
    """Mean distance of the decoded ends. Near 0 the model plays the same from everywhere, and
    smoothness says nothing."""

    random_pair: float
    """Mean distance of two random windows."""

    smooth_steps: float
    """Share of single steps that change less than :attr:`random_pair`."""

    @property
    def mean_step(self) -> float:
        """Mean over all steps."""
        return float(np.mean(self.by_step))


@dataclass(frozen=True, slots=True)
class Smoothness:
    """Both measures over the same ways."""

    n_pairs: int
    tokens: Change
    heard: Change


def smoothness(
    model: MusicVAE, windows: IntArray, *, n_pairs: int = N_PAIRS, seed: int = 0
) -> Smoothness:
    """Walk between random pairs of ``windows``, ``[n, steps, parts]``, n at least 2.

    Raises:
        ValueError: If there are fewer than two windows.
    """
    if len(windows) < 2:  # noqa: PLR2004 - a pair
        raise ValueError(f"A way has two ends; got {len(windows)} windows.")
    rng = np.random.default_rng([seed, 11])
    first = rng.integers(0, len(windows), n_pairs)
    second = (first + rng.integers(1, len(windows), n_pairs)) % len(windows)
    mu = model.encode_tokens(windows[np.concatenate([first, second])]).mu
    times = np.linspace(0.0, 1.0, N_STEPS + 1)
    ways = [slerp(a, b, times) for a, b in zip(mu[:n_pairs], mu[n_pairs:], strict=True)]
    decoded = model.decode_tokens(np.concatenate(ways))
    ways_decoded = decoded.reshape(n_pairs, N_STEPS + 1, *decoded.shape[1:])
    before, after = (ways_decoded[:, at].reshape(-1, *decoded.shape[1:]) for at in _ENDS)
    parts = model.config.parts

    def heard(one: IntArray, other: IntArray) -> Distances:
        return distance(one, other, parts=parts)

    changes = [
        _change(
            measure(before, after),
            ends=measure(ways_decoded[:, 0], ways_decoded[:, -1]),
            random=measure(windows[first], windows[second]),
        )
        for measure in (_differing_tokens, heard)
    ]
    return Smoothness(n_pairs, *changes)


def _differing_tokens(one: IntArray, other: IntArray) -> Distances:
    shares: Distances = (one != other).mean(axis=(1, 2))
    return shares


def _change(steps: Distances, *, ends: Distances, random: Distances) -> Change:
    by_pair = steps.reshape(-1, N_STEPS)
    random_pair = float(random.mean())
    return Change(
        by_step=tuple(float(mean) for mean in by_pair.mean(axis=0)),
        largest_step=float(by_pair.max(axis=1).mean()),
        ends=float(ends.mean()),
        random_pair=random_pair,
        smooth_steps=float((steps < random_pair).mean()),
    )
