"""What a session has carried over: the training under way, its own translators, kept duets.

A duet is a source with one of its answers. Plain data in session state.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

import numpy as np
import streamlit as st

from midime_engine.errors import OptionError

if TYPE_CHECKING:
    from midime_engine.converters.classes import Role
    from midime_engine.errors import MidimeError
    from midime_engine.protocols import FloatArray, IntArray
    from midime_engine.translation.training import TranslationStep
    from midime_ui.carriers import Carrier
    from midime_ui.passages import Passage

__all__ = [
    "FULL",
    "MAX_DUETS",
    "MAX_LESSONS",
    "Duet",
    "Lesson",
    "Watched",
    "add",
    "discard",
    "failure",
    "is_kept",
    "kept",
    "lessons",
    "remember",
    "set_failure",
    "set_watched",
    "watched",
]

MAX_LESSONS: Final = 3
"""Translators of one session; each has three megabytes in the memory of the server."""

MAX_DUETS: Final = 12
"""Three rows of four: more is a heap, not a choice, and each is drawn on the page."""

FULL: Final = f"{MAX_DUETS} duets are kept, and there is no room for more."

_WATCHED: Final = "translator_watched"
_FAILURE: Final = "translator_failure"
_LESSONS: Final = "translator_lessons"
_DUETS: Final = "translated_duets"


@dataclass(frozen=True, slots=True)
class Watched:
    """A training under way."""

    id: str
    """Of its job."""

    models: tuple[str, str]
    n_steps: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """A translator of the session's own, and how it came about."""

    carrier: Carrier
    steps: tuple[TranslationStep, ...] = ()
    """The losses; empty for what was opened."""

    n_pairs: int = 0
    """Passages in which both sides play."""

    seconds: float = 0.0
    stopped_early: bool = False


@dataclass(frozen=True, slots=True)
class Duet:
    """A source and one answer, kept together."""

    source: Passage
    model: str
    """The base model that answers."""

    parts: tuple[Role, ...]
    tokens: bytes
    """The answer: int32, ``shape`` of them."""

    shape: tuple[int, int]
    x: bytes
    """Where the answer is played from: float32 of its side."""

    seed: int
    strictness: float
    id: str = field(init=False, repr=False, compare=False)
    """Follows from the music: what is kept twice is there once."""

    def __post_init__(self) -> None:
        """Look at the bytes once."""
        digest = hashlib.sha256(f"{self.source.id} {self.model} ".encode() + self.tokens)
        object.__setattr__(self, "id", digest.hexdigest()[:16])

    @property
    def window(self) -> IntArray:
        """The answer as tokens ``[steps, parts]``, not to be changed."""
        return np.frombuffer(self.tokens, np.int32).reshape(self.shape)

    @property
    def vector(self) -> FloatArray:
        """``[size]``, not to be changed."""
        return np.frombuffer(self.x, np.float32)


def watched() -> Watched | None:
    """The training under way."""
    return cast("Watched | None", st.session_state.get(_WATCHED))


def set_watched(value: Watched | None) -> None:
    """Remember (or forget) which training to watch."""
    st.session_state[_WATCHED] = value


def failure() -> MidimeError | None:
    """Why the last training ended without anything."""
    return cast("MidimeError | None", st.session_state.get(_FAILURE))


def set_failure(value: MidimeError | None) -> None:
    """Remember (or forget) why a training ended."""
    st.session_state[_FAILURE] = value


def lessons() -> tuple[Lesson, ...]:
    """The session's own translators, the latest last."""
    return cast("tuple[Lesson, ...]", st.session_state.get(_LESSONS, ()))


def remember(lesson: Lesson) -> None:
    """Have one more; the oldest goes when there are too many."""
    others = [each for each in lessons() if each.carrier != lesson.carrier]
    st.session_state[_LESSONS] = (*others, lesson)[-MAX_LESSONS:]


def kept() -> tuple[Duet, ...]:
    """What is kept, the oldest first."""
    return cast("tuple[Duet, ...]", st.session_state.get(_DUETS, ()))


def is_kept(duet: Duet) -> bool:
    """Whether it is kept already."""
    return any(each.id == duet.id for each in kept())


def add(duet: Duet) -> None:
    """Keep ``duet``; nothing happens if it is kept already.

    Raises:
        OptionError: There is no room.
    """
    if is_kept(duet):
        return
    if len(kept()) >= MAX_DUETS:
        raise OptionError(FULL, remedy="Discard one that you like less, then keep this one.")
    st.session_state[_DUETS] = (*kept(), duet)


def discard(id: str) -> None:  # noqa: A002 - the field's own name
    """Keep it no longer; nothing happens if it is not kept."""
    st.session_state[_DUETS] = tuple(duet for duet in kept() if duet.id != id)
