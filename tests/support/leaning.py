"""Somebody with a known taste, and what is learnt from them."""

from __future__ import annotations

from midime_engine.attributes.requirement import Requirements
from midime_engine.constraints.training import ConstraintStep
from midime_engine.pipelines import ruled
from midime_engine.pipelines.rated import Rated
from midime_engine.ratings.ballots import dislike, like
from midime_ui import ground as grounds
from midime_ui import rating_state
from midime_ui.rating_state import Answer, Lesson
from midime_ui.rulebook import Learnt
from midime_ui.rules import Rules
from tests.support.ruling import a_constraint

__all__ = ["STEPS", "a_lesson", "few_notes", "ratings_of"]

STEPS = [
    ConstraintStep(0, 512, (0.2,), 0.2),
    *(ConstraintStep(i, 512, (i / 5,), i / 5, moved=1.0) for i in range(1, 6)),
]


def few_notes(ground, n) -> tuple[Answer, ...]:
    """Answers about the first ``n`` pieces of somebody who likes those with fewer notes."""
    counts = (grounds.pieces(ground).tokens > 1).sum(axis=(1, 2))
    middle = sorted(counts[:n])[n // 2]
    return tuple(Answer("like" if counts[i] < middle else "dislike", (i,)) for i in range(n))


def ratings_of(ground, n) -> Rated:
    """The same as ratings of music."""
    ballots = rating_state.ballots(few_notes(ground, n))
    assert like(0) in ballots or dislike(0) in ballots
    return Rated.of(grounds.pieces(ground).tokens, ballots)


def a_lesson(ground, *, n=12, tokens=None, stopped_early=False) -> Lesson:
    """What moves every piece to one and the same, learnt from ``n`` ratings."""
    constraint = a_constraint(tokens)
    data = ruled.pack(constraint, model=ground.model, requirements=Requirements(()))
    learnt = Learnt(
        Rules(data, (), ground.model), ground.key, tuple(STEPS), 9.0, stopped_early=stopped_early
    )
    return Lesson(learnt, ratings_of(ground, n), "yours")
