"""The training of a MidiMe that a visitor has started, and how much of it has been seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

import streamlit as st

__all__ = ["WatchedJob", "job", "set_job"]

_JOB: Final = "job"


@dataclass(frozen=True, slots=True)
class WatchedJob:
    """A training that this visitor has started."""

    id: str
    n_epochs: int
    """How many rounds were asked for."""

    is_shown: bool = False
    """It is over, and its whole curve has been seen."""

    is_kept: bool = False
    """What it has made has been taken into the session."""


def job() -> WatchedJob | None:
    """The training that was started last, running or not."""
    return cast("WatchedJob | None", st.session_state.get(_JOB))


def set_job(value: WatchedJob | None) -> None:
    """Remember (or forget) the training to watch."""
    st.session_state[_JOB] = value
