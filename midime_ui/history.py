"""What a visitor did on the page for exploring, to go back to: plain data in the session.

An entry is the whole of it, where the sliders stood, what was kept and which variations were on
the board, so that going back needs no knowledge of what was done in between. Something new after
going back ends what lay ahead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, cast

import streamlit as st

from midime_ui.components import wording

if TYPE_CHECKING:
    from midime_ui.position import Position
    from midime_ui.tray import Item
    from midime_ui.variations import Board

__all__ = ["MAX_ENTRIES", "History", "Moment", "describe", "history", "jump", "record"]

MAX_ENTRIES: Final = 100
"""Enough for an evening; a list of more nobody reads, and each is kept in memory."""

_HISTORY: Final = "history"


@dataclass(frozen=True, slots=True)
class Moment:
    """What the page was at one time."""

    position: Position
    kept: tuple[Item, ...] = ()

    board: Board | None = None
    """None as long as it has not been looked at."""


@dataclass(frozen=True, slots=True)
class History:
    """What was, and where in it the page is."""

    owner: str = ""
    """What identifies the MidiMe: the sliders of another one mean something else."""

    moments: tuple[Moment, ...] = ()
    at: int = -1

    @property
    def now(self) -> Moment | None:
        """Where the page is; None before anything."""
        return self.moments[self.at] if self.moments else None

    @property
    def can_undo(self) -> bool:
        """Whether there is something before."""
        return self.at > 0

    @property
    def can_redo(self) -> bool:
        """Whether there is something after."""
        return self.at + 1 < len(self.moments)

    def with_next(self, moment: Moment) -> History:
        """The history after ``moment``; what lay ahead is gone, and so is what is too old."""
        moments = (*self.moments[: self.at + 1], moment)[-MAX_ENTRIES:]
        return replace(self, moments=moments, at=len(moments) - 1)


def history(owner: str) -> History:
    """The history with the MidiMe called ``owner``; a new one with another."""
    found = cast("History | None", st.session_state.get(_HISTORY))
    return found if found is not None and found.owner == owner else History(owner)


def record(
    owner: str, position: Position, kept: tuple[Item, ...], board: Board | None = None
) -> bool:
    """Note what the page is; nothing happens, and False is returned, if it has not changed.

    A first board is nothing that the visitor has done: it is added to what was noted last.
    """
    before, moment = history(owner), Moment(position, kept, board)
    now = before.now
    if now == moment:
        return False
    if now is not None and replace(now, board=board) == moment and not (now.board and board):
        if board is not None:
            moments = tuple(moment if each is now else each for each in before.moments)
            st.session_state[_HISTORY] = replace(before, moments=moments)
        return False
    st.session_state[_HISTORY] = before.with_next(moment)
    return True


def jump(owner: str, at: int) -> Moment | None:
    """Go to an entry and return it; None if there is none at that place."""
    before = history(owner)
    if not 0 <= at < len(before.moments):
        return None
    st.session_state[_HISTORY] = replace(before, at=at)
    return before.moments[at]


def describe(moment: Moment, before: Moment | None) -> str:
    """Say in a few words what changed from the moment before."""
    if before is None:
        return "Start"
    if moment.position != before.position:
        return _moved(moment.position, before.position)
    if moment.board != before.board:
        return _exchanged(moment.board, before.board)
    return _kept(moment.kept, before.kept)


def _moved(new: Position, old: Position) -> str:
    pairs = list(zip(new.point, old.point, strict=False))
    moved = [i for i, (now, then) in enumerate(pairs) if now != then]
    if new.seed != old.seed:
        return f"Seed {new.seed}"
    if len(moved) == 1:
        return f"Slider {moved[0] + 1} to {new.point[moved[0]]:g}"
    if moved:
        return "Back to the middle" if not any(new.point) else "Another place"
    if new.temperature != old.temperature:
        return f"Daring {new.temperature or 0.0:g}"
    return wording.count(len(new.nudges), "fine control") if new.nudges else "Fine controls off"


def _exchanged(new: Board | None, old: Board | None) -> str:
    if new is None or old is None:
        return "Looked at variations"
    gone = [seed for seed, now in zip(old.seeds, new.seeds, strict=True) if seed != now]
    if len(gone) == 1 and new.around == old.around:
        return f"Discarded seed {gone[0]}"
    return f"Eight near {new.origin}" if new.origin else "Eight others"


def _kept(new: tuple[Item, ...], old: tuple[Item, ...]) -> str:
    ids = {item.id for item in old}
    added = [item.name for item in new if item.id not in ids]
    if len(added) == 1:
        return f"Kept {added[0]}"
    left = {item.id for item in new}
    gone = [item.name for item in old if item.id not in left]
    return f"Discarded {gone[0]}" if len(gone) == 1 else "Changed what is kept"
