"""Listeners that know what they like, and answer twenty questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_engine.errors import RatingError
from midime_engine.pipelines.tasting import feature_names
from midime_engine.ratings.ballots import dislike, like
from midime_engine.ratings.choosing import next_piece
from midime_engine.ratings.taste import Taste

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import numpy.typing as npt

    Likes = Callable[[npt.NDArray[np.float64]], npt.NDArray[np.bool_]]

N_RATINGS = 20
_COLUMN = {name: index for index, name in enumerate(feature_names(("melody",)))}


def _is(name: str, features: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return features[:, _COLUMN[name]]


TASTES: dict[str, Likes] = {
    "low": lambda f: _is("mean_pitch", f) < 64,  # noqa: PLR2004
    "stepwise": lambda f: _is("stepwise", f) >= 0.6,  # noqa: PLR2004
    "A minor": lambda f: _is("key=A minor", f) >= 0.95,  # noqa: PLR2004
    "wide and quick": lambda f: (_is("range", f) >= 14) & (_is("density", f) > 0.35),  # noqa: PLR2004
}


def rate(pool: npt.NDArray[np.float64], likes: Likes, *, seed: int) -> tuple[Taste, int]:
    """Ask about the piece that teaches most, twenty times; the taste, and how many were liked."""
    truth = likes(pool)
    heard: list[int] = []
    ballots = []
    taste: Taste | None = None
    for _ in range(N_RATINGS):
        piece = next_piece(pool, heard, taste, seed=seed)
        heard.append(piece)
        ballots.append(like(piece) if truth[piece] else dislike(piece))
        try:
            taste = Taste.of(pool, ballots, population=pool)
        except RatingError:  # All the same so far.
            taste = None
    return Taste.of(pool, ballots, population=pool), int(truth[heard].sum())
