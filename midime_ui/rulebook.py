"""What a session has of rules: the training under way, what was learnt, what acts on a MidiMe.

Plain data in session state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import streamlit as st

from midime_ui.trained import MAX_TRAINED

if TYPE_CHECKING:
    from midime_engine.constraints.training import ConstraintStep
    from midime_engine.errors import MidimeError
    from midime_ui.personal import Personal
    from midime_ui.rules import Applied, Rules

__all__ = [
    "Learnt",
    "Watched",
    "applied",
    "apply",
    "failure",
    "learnt",
    "set_failure",
    "set_learnt",
    "set_watched",
    "watched",
]

_WATCHED: Final = "rules_watched"
_LEARNT: Final = "rules_learnt"
_FAILURE: Final = "rules_failure"
_APPLIED: Final = "rules_applied"


@dataclass(frozen=True, slots=True)
class Watched:
    """A training of rules under way."""

    id: str
    """Of its job."""

    wishes: tuple[str, ...]
    n_iterations: int


@dataclass(frozen=True, slots=True)
class Learnt:
    """What has come of a training, or out of a file."""

    rules: Rules
    ground: tuple[str, ...]
    """Key of the ground it was trained on."""

    steps: tuple[ConstraintStep, ...] = ()
    """Empty for what came out of a file."""

    seconds: float = 0.0
    stopped_early: bool = False


def watched() -> Watched | None:
    """The training under way."""
    return cast("Watched | None", st.session_state.get(_WATCHED))


def set_watched(value: Watched | None) -> None:
    """Remember (or forget) which training to watch."""
    st.session_state[_WATCHED] = value


def learnt() -> Learnt | None:
    """What was learnt last."""
    return cast("Learnt | None", st.session_state.get(_LEARNT))


def set_learnt(value: Learnt | None) -> None:
    """Remember (or forget) what was learnt."""
    st.session_state[_LEARNT] = value


def failure() -> MidimeError | None:
    """Why the last training ended without anything."""
    return cast("MidimeError | None", st.session_state.get(_FAILURE))


def set_failure(value: MidimeError | None) -> None:
    """Remember (or forget) why a training ended."""
    st.session_state[_FAILURE] = value


def applied(personal: Personal) -> Applied | None:
    """The rules that act on what ``personal`` plays, switched on or off; None if there are none."""
    found = cast("dict[str, Applied]", st.session_state.get(_APPLIED, {}))
    return found.get(personal.sha256)


def apply(personal: Personal, value: Applied | None) -> None:
    """Let rules act on what ``personal`` plays from now on, or none any more."""
    found = cast("dict[str, Applied]", st.session_state.get(_APPLIED, {}))
    others = {key: each for key, each in found.items() if key != personal.sha256}
    kept = others if value is None else {**others, personal.sha256: value}
    # As many as there are MidiMes in a session: a constraint has two megabytes.
    st.session_state[_APPLIED] = dict(list(kept.items())[-MAX_TRAINED:])
