"""What one visitor has said about music: typed accessors over ``st.session_state``.

One list of answers for each ground (a base model, or a MidiMe), in the order in which they were
given; everything else follows from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, cast

import streamlit as st

from midime_engine.ratings.ballots import dislike, like, prefer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from midime_engine.errors import MidimeError
    from midime_engine.pipelines.rated import Rated
    from midime_engine.ratings.ballots import Ballot
    from midime_ui.ground import Ground
    from midime_ui.rulebook import Learnt

__all__ = [
    "Answer",
    "Lesson",
    "Watched",
    "add",
    "answers",
    "ballots",
    "clear",
    "failure",
    "heard",
    "lesson",
    "rater",
    "set_failure",
    "set_lesson",
    "set_rater",
    "set_watched",
    "undo",
    "watched",
]

MAX_GROUNDS: Final = 8
"""Of which answers are kept: more models nobody rates in one visit."""

_ANSWERS: Final = "rating_answers"
_WATCHED: Final = "taste_watched"
_LESSON: Final = "taste_lesson"
_FAILURE: Final = "taste_failure"
_RATER: Final = "rater"

Kind = Literal["like", "dislike", "prefer", "skip"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said about one piece, or about two."""

    kind: Kind
    pieces: tuple[int, ...]
    """Their numbers; of two that were compared the better one first."""

    @property
    def ballot(self) -> Ballot | None:
        """What it tells of a taste; None for what was skipped."""
        match self.kind, self.pieces:
            case "like", (piece,):
                return like(piece)
            case "dislike", (piece,):
                return dislike(piece)
            case "prefer", (better, worse):
                return prefer(better, worse)
        return None


@dataclass(frozen=True, slots=True)
class Lesson:
    """What has come of a training on ratings, or out of a file."""

    learnt: Learnt
    given: Rated | None = None
    """The ratings from which it was learnt; no file has any."""

    whose: str = ""
    """Whose they are, in words: yours, everybody's."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A training on ratings under way."""

    id: str
    """Of its job."""

    n_iterations: int


def answers(ground: Ground) -> tuple[Answer, ...]:
    """What was said about the pieces of ``ground``."""
    return _all().get(ground.key, ())


def ballots(given: Iterable[Answer]) -> tuple[Ballot, ...]:
    """What answers tell of a taste."""
    return tuple(ballot for answer in given if (ballot := answer.ballot) is not None)


def heard(given: Iterable[Answer]) -> frozenset[int]:
    """Numbers of the pieces that were rated or skipped."""
    return frozenset(piece for answer in given for piece in answer.pieces)


def add(ground: Ground, answer: Answer) -> None:
    """Remember one answer more."""
    _set(ground, (*answers(ground), answer))


def undo(ground: Ground) -> Answer | None:
    """Forget the last answer, and return it."""
    given = answers(ground)
    _set(ground, given[:-1])
    return given[-1] if given else None


def clear(ground: Ground) -> None:
    """Begin anew."""
    _set(ground, ())


def watched() -> Watched | None:
    """The training under way."""
    return cast("Watched | None", st.session_state.get(_WATCHED))


def set_watched(value: Watched | None) -> None:
    """Remember (or forget) which training to watch."""
    st.session_state[_WATCHED] = value


def lesson() -> Lesson | None:
    """What was learnt from ratings last."""
    return cast("Lesson | None", st.session_state.get(_LESSON))


def set_lesson(value: Lesson | None) -> None:
    """Remember (or forget) what was learnt."""
    st.session_state[_LESSON] = value


def failure() -> MidimeError | None:
    """Why the last training ended without anything."""
    return cast("MidimeError | None", st.session_state.get(_FAILURE))


def set_failure(value: MidimeError | None) -> None:
    """Remember (or forget) why a training ended."""
    st.session_state[_FAILURE] = value


def rater() -> str | None:
    """The random name under which this visitor's ratings of a shared model are stored."""
    return cast("str | None", st.session_state.get(_RATER))


def set_rater(value: str | None) -> None:
    """Be known by that name until the session ends, or by none."""
    st.session_state[_RATER] = value


def _all() -> dict[tuple[str, ...], tuple[Answer, ...]]:
    return cast("dict[tuple[str, ...], tuple[Answer, ...]]", st.session_state.get(_ANSWERS, {}))


def _set(ground: Ground, given: tuple[Answer, ...]) -> None:
    others = {key: each for key, each in _all().items() if key != ground.key}
    kept = {**others, ground.key: given} if given else others
    st.session_state[_ANSWERS] = dict(list(kept.items())[-MAX_GROUNDS:])
