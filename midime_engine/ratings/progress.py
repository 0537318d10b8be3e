"""How far a taste has been understood, and in which direction it leans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.ratings.ballots import Ballot
    from midime_engine.ratings.taste import Taste

    Doubles = npt.NDArray[np.float64]

__all__ = ["Leaning", "Progress", "foretold", "leanings", "progress"]

_FAVOURITES: Final = 0.1
"""The share of pieces that a taste would choose: its upper tenth."""

_CLEAR: Final = 0.3
"""Correlation from which more of a feature is liked more (or less); below it is liked in the
middle, or apart from it."""


class Progress(NamedTuple):
    """What is known after some ballots; each in 0..1."""

    favourites: float
    """Mean of how likely the pieces are liked that the taste would choose."""

    sure: float
    """Mean of how likely the likelier answer is: a half for who knows nothing."""

    doubt: float
    """Nats that hearing about a piece would still teach, on the mean."""


class Leaning(NamedTuple):
    """What is liked of one feature."""

    feature: int
    """Its column."""

    share: float
    """How much of the taste is about it, 0..1."""

    direction: int
    """1 where more of it is liked, -1 where less is, 0 where neither."""


def progress(taste: Taste, population: npt.ArrayLike) -> Progress:
    """What ``taste`` knows of the pieces with features ``population``, ``[n, f]``.

    Raises:
        ValueError: There are no pieces.
    """
    opinion = taste.opinion(population)
    if not len(opinion.liked):
        raise ValueError("Of no pieces nothing can be known.")
    n = max(1, round(_FAVOURITES * len(opinion.liked)))
    upper = np.sort(opinion.liked)[-n:]
    likelier = np.maximum(opinion.liked, 1.0 - opinion.liked)
    return Progress(float(upper.mean()), float(likelier.mean()), float(opinion.doubt.mean()))


def leanings(taste: Taste, population: npt.ArrayLike) -> tuple[Leaning, ...]:
    """What ``taste`` is about, the most important first, told over ``population`` ``[n, f]``."""
    values = np.asarray(population, np.float64)
    liked = taste.opinion(values).liked
    shares = dict(taste.about([str(column) for column in range(values.shape[1])]))
    return tuple(
        Leaning(int(column), share, _direction(values[:, int(column)], liked))
        for column, share in shares.items()
    )


def foretold(taste: Taste, features: npt.ArrayLike, ballot: Ballot) -> float:
    """How likely ``taste`` held an answer about pieces with ``features`` before it was given.

    Of two pieces the one that is likelier to be liked is taken to be preferred, by the odds of
    their chances.
    """
    liked = np.clip(taste.opinion(features).liked, _LEAST, 1.0 - _LEAST)
    if ballot.worse is None:
        return float(liked[ballot.better])
    if ballot.better is None:
        return float(1.0 - liked[ballot.worse])
    odds = np.log(liked / (1.0 - liked))
    return float(1.0 / (1.0 + np.exp(odds[ballot.worse] - odds[ballot.better])))


_LEAST: Final = 1e-6


def _direction(feature: Doubles, liked: Doubles) -> int:
    if feature.std() == 0 or liked.std() == 0:
        return 0
    correlation = float(np.corrcoef(feature, liked)[0, 1])
    return int(np.sign(correlation)) if abs(correlation) >= _CLEAR else 0
