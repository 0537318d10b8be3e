"""What one visitor has asked of the drawings: typed accessors over ``st.session_state``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import streamlit as st

if TYPE_CHECKING:
    from midime_engine.constraints.training import ConstraintStep
    from midime_engine.ratings.ballots import Ballot

__all__ = [
    "BentSketches",
    "WatchedBending",
    "add_ballot",
    "add_skip",
    "ballots",
    "bent",
    "clear_ballots",
    "seed",
    "seen",
    "set_bent",
    "set_seed",
    "set_watched",
    "watched",
]

_SEED: Final = "sketch_draws"
_WATCHED: Final = "sketch_job"
_BENT: Final = "sketch_bent"
_BALLOTS: Final = "sketch_ballots"
_SEEN: Final = "sketch_seen"


@dataclass(frozen=True, slots=True)
class BentSketches:
    """A constraint that has been trained on drawings, and what it achieves."""

    data: bytes
    """As :mod:`midime_engine.constraints.persistence` writes it."""

    wish: str
    """In words: "Rounder"."""

    steps: tuple[ConstraintStep, ...]
    seconds: float
    before: float
    """Share of new drawings that keep the wish, 0..1, before and after."""

    after: float
    same_kind: float
    """Share that still show what they showed."""

    commonest: tuple[str, float]
    """What most of them show now, and which share does."""

    known: tuple[float, float]
    """Share that look like one of the kinds at all, before and after."""


@dataclass(frozen=True, slots=True)
class WatchedBending:
    """The training that the visitor has started last."""

    job_id: str
    wish: str
    n_iterations: int


def seed() -> int:
    """Which of the model's drawings are shown."""
    return int(st.session_state.get(_SEED, 0))


def set_seed(value: int) -> None:
    """Show others."""
    st.session_state[_SEED] = value


def watched() -> WatchedBending | None:
    """The training that is being watched, if any."""
    found = st.session_state.get(_WATCHED)
    return found if isinstance(found, WatchedBending) else None


def set_watched(value: WatchedBending | None) -> None:
    """Watch a training, or none any more."""
    st.session_state[_WATCHED] = value


def bent() -> BentSketches | None:
    """What was trained last."""
    found = st.session_state.get(_BENT)
    return found if isinstance(found, BentSketches) else None


def set_bent(value: BentSketches | None) -> None:
    """Keep what was trained, in place of what there was."""
    st.session_state[_BENT] = value


def ballots() -> tuple[Ballot, ...]:
    """What was liked and disliked, in order."""
    return tuple(st.session_state.get(_BALLOTS, ()))


def seen() -> tuple[int, ...]:
    """Numbers of the drawings that were rated or skipped."""
    return tuple(st.session_state.get(_SEEN, ()))


def add_ballot(ballot: Ballot) -> None:
    """Remember one like or dislike."""
    st.session_state[_BALLOTS] = (*ballots(), ballot)
    number = ballot.worse if ballot.better is None else ballot.better
    if number is not None:
        add_skip(number)


def add_skip(number: int) -> None:
    """Do not ask about that drawing again."""
    st.session_state[_SEEN] = (*seen(), number)


def clear_ballots() -> None:
    """Begin anew."""
    st.session_state[_BALLOTS] = ()
    st.session_state[_SEEN] = ()
