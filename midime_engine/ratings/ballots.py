"""What a listener has said."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from midime_engine.errors import RatingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

__all__ = ["Ballot", "check", "contrasts", "dislike", "like", "prefer"]


class Ballot(NamedTuple):
    """One answer about pieces that are numbered from 0. A skipped piece gives none."""

    better: int | None
    """What was liked, or preferred to ``worse``."""

    worse: int | None
    """What was disliked, or less liked than ``better``."""


def like(piece: int) -> Ballot:
    """The piece was liked."""
    return Ballot(piece, None)


def dislike(piece: int) -> Ballot:
    """The piece was disliked."""
    return Ballot(None, piece)


def prefer(better: int, worse: int) -> Ballot:
    """Of two pieces one was liked better."""
    return Ballot(better, worse)


def check(ballots: Sequence[Ballot]) -> None:
    """Refuse what nothing can be learnt from.

    Raises:
        RatingError: There are no ratings, or all say the same.
    """
    likes = sum(ballot.worse is None for ballot in ballots)
    dislikes = sum(ballot.better is None for ballot in ballots)
    if not ballots:
        raise RatingError(
            "Nothing has been rated yet.", remedy="Listen to a few pieces and like or dislike them."
        )
    if len(ballots) == likes or len(ballots) == dislikes:
        same, other = ("liked", "dislike") if likes else ("disliked", "like")
        raise RatingError(
            f"You have {same} everything so far, so there is nothing to tell apart.",
            remedy=f"Rate on until there is something that you {other}, or compare two pieces.",
        )


def contrasts(ballots: Iterable[Ballot], n_pieces: int) -> npt.NDArray[np.float64]:
    """One row per ballot, ``[m, n_pieces]``: times the taste for each piece it is positive.

    Raises:
        ValueError: A ballot names a piece that does not exist, or none, or one twice.
    """
    rows = []
    for better, worse in ballots:
        row = np.zeros(n_pieces)
        named = [piece for piece in (better, worse) if piece is not None]
        if not named or better == worse or not all(0 <= piece < n_pieces for piece in named):
            raise ValueError(f"No such ballot: {better}, {worse} of {n_pieces} pieces.")
        if better is not None:
            row[better] = 1.0
        if worse is not None:
            row[worse] = -1.0
        rows.append(row)
    return np.array(rows).reshape(-1, n_pieces)
