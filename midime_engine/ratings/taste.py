"""What a listener seems to like, by features of the music, and how sure that is.

Several explanations are held at once: that the taste is about one feature (its height, or a
middle), about two of them, or about all a little. Each is a Gaussian process; each counts by how
well it explains the ballots (its evidence), so one clear preference is found after a few ratings
and a mixed one is not oversimplified.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final, Self

import numpy as np

from midime_engine.latent.logistic import logistic
from midime_engine.ratings.ballots import check, contrasts
from midime_engine.ratings.process import Fit, fit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from midime_engine.ratings.ballots import Ballot

    Doubles = npt.NDArray[np.float64]

__all__ = ["Opinion", "Taste"]

_LINEAR: Final = 1.5
"""Prior deviation of the taste per deviation of a feature."""

_BENT: Final = 1.0
"""Prior deviation of what is not a straight line."""

_WIDTH: Final = 1.0
"""Deviations of a feature over which a taste may change."""

_OFFSET: Final = 0.7
"""Prior deviation of how often anything is liked at all."""

_IN_PAIRS: Final = 6
"""Features that are also tried in pairs: those that explain most alone."""

_NEGLIGIBLE: Final = 1e-3
"""Explanations that count for less are dropped."""

_MOST: Final = 16
"""Explanations held at once: what the others add is not worth their time."""


@dataclass(frozen=True, slots=True, eq=False)
class Opinion:
    """What a taste says about ``n`` pieces."""

    liked: Doubles
    """How likely each is liked, in 0..1, ``[n]``."""

    doubt: Doubles
    """How much hearing about it would teach, in nats, ``[n]``: the mutual information between the
    answer and the taste (Houlsby et al., "Bayesian active learning", 2011)."""


@dataclass(frozen=True, slots=True, eq=False)
class _Explanation:
    """The taste is about these features."""

    features: tuple[int, ...]
    fit: Fit
    weight: float


class Taste:
    """A taste learnt from ballots; immutable."""

    def __init__(
        self,
        pieces: Doubles,
        design: Doubles,
        explanations: Sequence[_Explanation],
        scaling: tuple[Doubles, Doubles],
    ) -> None:
        """Hold what :meth:`of` has found."""
        self._pieces = pieces
        self._design = design
        self._explanations = tuple(explanations)
        self._scaling = scaling

    @classmethod
    def of(
        cls, features: npt.ArrayLike, ballots: Sequence[Ballot], *, population: npt.ArrayLike
    ) -> Self:
        """Learn from ballots.

        Args:
            features: Of the pieces that the ballots are about, ``[n_pieces, f]``.
            ballots: What was said about them.
            population: Features of many pieces of the kind, ``[n, f]``: their mean and deviation
                are the measure of what is much and what is little.

        Raises:
            RatingError: There is nothing to learn from the ballots.
            ValueError: The shapes do not fit.
        """
        check(ballots)
        many = np.asarray(population, np.float64)
        deviation = many.std(axis=0)
        varies = deviation > 1e-9  # noqa: PLR2004 - rounding
        scaling = (many.mean(axis=0), np.where(varies, deviation, np.inf))
        everything_offered = _scaled(features, scaling)
        design = contrasts(ballots, len(everything_offered))
        named = np.flatnonzero(design.any(axis=0))
        pieces, design = everything_offered[named], design[:, named]
        singles = [
            ((index,), _fit(pieces, design, (index,))) for index in np.flatnonzero(varies).tolist()
        ]
        singles.sort(key=lambda each: -each[1].evidence)
        leading = [features[0] for features, _ in singles[:_IN_PAIRS]]
        found = [
            *singles,
            *((pair, _fit(pieces, design, pair)) for pair in combinations(leading, 2)),
        ]
        everything = tuple(np.flatnonzero(varies).tolist())
        # Where nothing varies there is still how often anything is liked.
        found.append((everything, _fit(pieces, design, everything)))
        return cls(pieces, design, _weighted(found), scaling)

    def opinion(self, features: npt.ArrayLike) -> Opinion:
        """What it says about pieces with ``features`` ``[n, f]``."""
        pieces = _scaled(features, self._scaling)
        liked, entropy = np.zeros(len(pieces)), np.zeros(len(pieces))
        for explanation in self._explanations:
            mean, variance = self._predict(explanation, pieces)
            for point, share in zip(*_QUADRATURE, strict=True):
                chance = logistic(mean + np.sqrt(variance) * point)
                liked += explanation.weight * share * chance
                entropy += explanation.weight * share * _entropy(chance)
        return Opinion(liked, np.maximum(_entropy(liked) - entropy, 0.0))

    def about(self, names: Sequence[str]) -> tuple[tuple[str, float], ...]:
        """Which features the taste is about, each with its share, the largest first."""
        shares = np.zeros(len(names))
        for explanation in self._explanations:
            for index in explanation.features:
                shares[index] += explanation.weight / len(explanation.features)
        order = np.argsort(-shares)
        return tuple((names[i], float(shares[i])) for i in order if shares[i] > _NEGLIGIBLE)

    def _predict(self, explanation: _Explanation, pieces: Doubles) -> tuple[Doubles, Doubles]:
        chosen = explanation.features
        cross = _covariance(pieces, self._pieces, chosen) @ self._design.T
        length = (pieces[:, list(chosen)] ** 2).sum(axis=1) / max(len(chosen), 1)
        own = _OFFSET**2 + _LINEAR**2 * length + _BENT**2
        return explanation.fit.predict(cross, own)


def _fit(pieces: Doubles, design: Doubles, features: tuple[int, ...]) -> Fit:
    return fit(design @ _covariance(pieces, pieces, features) @ design.T)


def _covariance(a: Doubles, b: Doubles, features: tuple[int, ...]) -> Doubles:
    """Offset, straight line and bend over ``features``, ``[len(a), len(b)]``."""
    index = list(features)
    one, other = a[:, index], b[:, index]
    size = max(len(index), 1)
    straight = one @ other.T / size
    square = ((one[:, None] - other[None]) ** 2).sum(axis=2) / size
    bend = np.exp(-0.5 * square / _WIDTH**2)
    covariance: Doubles = _OFFSET**2 + _LINEAR**2 * straight + _BENT**2 * bend
    return covariance


def _scaled(features: npt.ArrayLike, scaling: tuple[Doubles, Doubles]) -> Doubles:
    values = np.asarray(features, np.float64)
    if values.ndim != 2 or values.shape[1:] != scaling[0].shape:  # noqa: PLR2004 - a matrix
        raise ValueError(f"features must be [n, {len(scaling[0])}]; got {values.shape}.")
    scaled: Doubles = np.clip((values - scaling[0]) / scaling[1], -_FAR, _FAR)
    return scaled


_FAR: Final = 4.0
"""Deviations beyond which more is not more: a taste is not extrapolated."""


def _weighted(found: Iterable[tuple[tuple[int, ...], Fit]]) -> list[_Explanation]:
    items = list(found)
    evidence = np.array([each.evidence for _, each in items])
    weights = np.exp(evidence - evidence.max())
    weights /= weights.sum()
    kept = [
        (features, each, weight)
        for (features, each), weight in zip(items, weights, strict=True)
        if weight >= _NEGLIGIBLE
    ]
    kept = sorted(kept, key=lambda each: -each[2])[:_MOST]
    total = sum(weight for *_, weight in kept)
    return [_Explanation(features, each, weight / total) for features, each, weight in kept]


def _entropy(chance: Doubles) -> Doubles:
    safe = np.clip(chance, 1e-9, 1.0 - 1e-9)
    entropy: Doubles = -safe * np.log(safe) - (1.0 - safe) * np.log(1.0 - safe)
    return entropy


def _hermite(n: int) -> tuple[Doubles, Doubles]:
    """Points and shares of a standard normal, exact for polynomials of degree ``2 n - 1``."""
    points, weights = np.polynomial.hermite_e.hermegauss(n)
    return points, weights / weights.sum()


_QUADRATURE: Final = _hermite(9)
