"""What is understood of a taste, cached: the pieces by their features, tastes, what to ask next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from midime_engine.attributes.requirement import Requirements
from midime_engine.errors import RatingError
from midime_engine.pipelines import constrain, tasting
from midime_engine.pipelines.rated import Rated
from midime_engine.plots.taste_curve import Point
from midime_engine.ratings import choosing
from midime_engine.ratings.progress import foretold, leanings, progress
from midime_engine.ratings.taste import Taste
from midime_ui import ground as grounds
from midime_ui import playing, rating_state
from midime_ui.ground import Ground
from midime_ui.rules import Rules

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from midime_engine.pipelines.constrain import Comparison
    from midime_engine.ratings.ballots import Ballot
    from midime_engine.ratings.progress import Leaning
    from midime_ui.rating_state import Answer

    Doubles = npt.NDArray[np.float64]

__all__ = [
    "Compared",
    "compared",
    "course",
    "features",
    "leaning",
    "next_one",
    "next_two",
    "rated",
    "taste",
    "taste_of",
]

_KEYS: Final[dict[str | type[Any], Any]] = {
    Ground: lambda ground: ground.key,
    Rules: lambda rules: rules.key,
    Rated: lambda given: given.key,
}


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """The same places before and after, and how likely each is liked."""

    found: Comparison
    before: Doubles
    """``[n]``, in 0..1."""

    after: Doubles


@st.cache_resource(show_spinner=False, max_entries=16, hash_funcs=_KEYS)
def features(ground: Ground) -> Doubles:
    """What is heard in the pieces of ``ground``, ``[n, f]``."""
    return _features(ground, grounds.pieces(ground).tokens)


@st.cache_resource(show_spinner=False, max_entries=512, hash_funcs=_KEYS)
def taste(ground: Ground, ballots: tuple[Ballot, ...]) -> Taste | None:
    """What ballots about the pieces of ``ground`` say; None while there is nothing to tell."""
    table = features(ground)
    try:
        return Taste.of(table, ballots, population=table)
    except RatingError:
        return None


@st.cache_resource(show_spinner=False, max_entries=64, hash_funcs=_KEYS)
def taste_of(ground: Ground, given: Rated) -> Taste:
    """The same of ratings of music, from wherever they come.

    Raises:
        RatingError: There is nothing to learn from them.
    """
    per_bar = grounds.ear(ground).steps_per_bar
    return given.taste(parts=ground.parts, steps_per_bar=per_bar, population=features(ground))


def rated(ground: Ground, answers: tuple[Answer, ...]) -> Rated:
    """Answers about the pieces of ``ground`` as ratings of music."""
    return Rated.of(grounds.pieces(ground).tokens, rating_state.ballots(answers))


def next_one(ground: Ground, answers: tuple[Answer, ...]) -> int | None:
    """The piece whose rating would teach most; None when all have been heard."""
    heard = rating_state.heard(answers)
    table = features(ground)
    if len(heard) >= len(table):
        return None
    return choosing.next_piece(table, heard, taste(ground, rating_state.ballots(answers)))


def next_two(ground: Ground, answers: tuple[Answer, ...]) -> tuple[int, int] | None:
    """Two pieces of which the better one is worth knowing; None when all have been heard."""
    heard = rating_state.heard(answers)
    table = features(ground)
    if len(heard) + 1 >= len(table):
        return None
    return choosing.next_pair(table, heard, taste(ground, rating_state.ballots(answers)))


def course(ground: Ground, ballots: tuple[Ballot, ...]) -> tuple[Point, ...]:
    """How the taste came to light, one point for each ballot."""
    return tuple(_point(ground, ballots[:n]) for n in range(1, len(ballots) + 1))


def leaning(ground: Ground, of: Taste) -> tuple[Leaning, ...]:
    """What a taste is about, the most important first."""
    return leanings(of, features(ground))


@st.cache_resource(show_spinner="Playing before and after…", max_entries=32, hash_funcs=_KEYS)
def compared(ground: Ground, rules: Rules, given: Rated | None, strength: float) -> Compared:
    """The pieces of ``ground`` before and after, and what the taste of ``given`` says of them.

    Without ratings the critics of the constraint judge, who have learnt what was liked.
    """
    z = grounds.pieces(ground).z
    constraint = playing.constraint(rules)
    after = constraint.apply(z, strength=strength)
    found = constrain.compare(z, after, grounds.ear(ground), Requirements(()))
    if given is None:
        before_and_after = (constraint.likely(places)[:, 0].astype(float) for places in (z, after))
        return Compared(found, *before_and_after)
    judge = taste_of(ground, given)
    return Compared(
        found,
        judge.opinion(_features(ground, found.before)).liked,
        judge.opinion(_features(ground, found.after)).liked,
    )


@st.cache_data(show_spinner=False, max_entries=2048, hash_funcs=_KEYS)
def _point(ground: Ground, ballots: tuple[Ballot, ...]) -> Point:
    """What is known after the last of ``ballots``, and how it was expected."""
    table = features(ground)
    before, now = taste(ground, ballots[:-1]), taste(ground, ballots)
    expected = None if before is None else foretold(before, table, ballots[-1])
    if now is None:
        return Point(None, None, expected)
    known = progress(now, table)
    return Point(known.favourites, known.sure, expected)


def _features(ground: Ground, tokens: Any) -> Doubles:
    per_bar = grounds.ear(ground).steps_per_bar
    return tasting.features_of(tokens, parts=ground.parts, steps_per_bar=per_bar)
