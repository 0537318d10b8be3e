"""Views of passages that rules compute on: lines, moves, hits, grids, and shares of them.

All are computed once per batch and kept with it. A *line* is the part as it is sung: of notes that
begin together the highest. The *lead* of passages is the melody, or the bass where there is no
melody among the parts, or the drums where there is nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from midime_engine.converters.classes import N_DRUM_CLASSES
from midime_engine.converters.drums import drum_class

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    import numpy.typing as npt

    from midime_engine.attributes.passage import Passages
    from midime_engine.converters.classes import Role
    from midime_engine.protocols import IntArray

    BoolArray = npt.NDArray[np.bool_]
    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

__all__ = [
    "Line",
    "bar_and_place",
    "grid",
    "hits",
    "lead",
    "lead_role",
    "line",
    "moves",
    "n_bars",
    "pitched",
    "share",
    "sounding",
    "sounds",
    "steps_inside",
]

View = TypeVar("View")


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Notes of several passages, in order of passage and start; arrays ``[m]``."""

    window: Ints
    """Which passage, from 0."""

    pitch: IntArray
    start: IntArray
    end: IntArray

    def __len__(self) -> int:
        """Number of notes."""
        return len(self.pitch)


def lead_role(parts: tuple[Role, ...]) -> Role:
    """The part that rules about "the line" are about."""
    ranked: tuple[Role, ...] = ("melody", "bass", "drums")
    return next((role for role in ranked if role in parts), "melody")


def lead(passages: Passages) -> Line:
    """The line of the lead."""
    return line(passages, lead_role(passages.parts))


def line(passages: Passages, role: Role) -> Line:
    """The highest of the notes of ``role`` that begin together; no notes if it has no such part."""

    def make() -> Line:
        notes = _notes(passages, _of_role(passages, role))
        if role == "drums":
            return notes
        # Notes of one part are in order of start, then pitch: the highest is the last of its kind.
        highest = np.ones(len(notes), bool)
        highest[:-1] = (np.diff(notes.window) != 0) | (np.diff(notes.start) != 0)
        return notes if highest.all() else _where(notes, highest)

    return _once(passages, ("line", role), make)


def pitched(passages: Passages) -> Line:
    """Every note of melody and bass, chords included."""

    def make() -> Line:
        return _notes(passages, ~_of_role(passages, "drums"))

    return _once(passages, "pitched", make)


def moves(passages: Passages) -> tuple[Ints, IntArray]:
    """From each note of a pitched lead to the next: which passage, and semitones upwards."""

    def make() -> tuple[Ints, IntArray]:
        if lead_role(passages.parts) == "drums":
            return np.zeros(0, np.int64), np.zeros(0, np.int32)
        notes = lead(passages)
        same = notes.window[1:] == notes.window[:-1]
        return notes.window[1:][same], np.diff(notes.pitch)[same]

    return _once(passages, "moves", make)


def hits(passages: Passages) -> BoolArray:
    """Which drum classes are struck on which step, ``[n, longest, 9]``."""

    def make() -> BoolArray:
        struck = np.zeros((len(passages), _longest(passages), N_DRUM_CLASSES), bool)
        notes = line(passages, "drums")
        classes = drum_class(notes.pitch)
        known = classes >= 0
        struck[notes.window[known], notes.start[known], classes[known]] = True
        return struck

    return _once(passages, "hits", make)


def grid(passages: Passages, role: Role) -> BoolArray:
    """On which steps something of ``role`` begins, ``[n, longest]``; False beyond the end."""

    def make() -> BoolArray:
        begun = np.zeros((len(passages), _longest(passages)), bool)
        notes = line(passages, role)
        begun[notes.window, notes.start] = True
        return begun

    return _once(passages, ("grid", role), make)


def steps_inside(passages: Passages) -> BoolArray:
    """Which steps belong to each passage, ``[n, longest]``."""

    def make() -> BoolArray:
        inside: BoolArray = np.arange(_longest(passages)) < passages.n_steps[:, None]
        return inside

    return _once(passages, "inside", make)


def sounding(passages: Passages, role: Role) -> BoolArray:
    """On which steps a note of ``role`` is heard, begun there or held, ``[n, longest]``."""

    def make() -> BoolArray:
        notes = _notes(passages, _of_role(passages, role))
        change = np.zeros((len(passages), _longest(passages) + 1), np.int32)
        np.add.at(change, (notes.window, notes.start), 1)
        np.add.at(change, (notes.window, notes.end), -1)
        return np.asarray(change.cumsum(axis=1)[:, :-1] > 0)

    return _once(passages, ("sounding", role), make)


def sounds(passages: Passages, roles: tuple[Role, ...]) -> BoolArray:
    """In which passages there is a note of any of ``roles``, ``[n]``."""

    def make() -> BoolArray:
        found = np.zeros(len(passages.part), bool)
        for role in roles:
            found |= _of_role(passages, role)
        notes = _notes(passages, found)
        return np.asarray(np.bincount(notes.window, minlength=len(passages)) > 0)

    return _once(passages, ("sounds", roles), make)


def n_bars(passages: Passages) -> Ints:
    """Bars begun in each passage, ``[n]``, at least 1."""
    bars = np.ceil(passages.n_steps / passages.steps_per_bar - 1e-9)  # 32 / 3.2 is no 11 bars.
    return np.maximum(1, bars).astype(np.int64)


def bar_and_place(passages: Passages, window: Ints, step: IntArray | Ints) -> tuple[Ints, Ints]:
    """Bar of its passage, from 0, and whole steps since its bar line, of each step ``[m]``."""
    length = passages.steps_per_bar[window]
    bar = np.floor(step / length).astype(np.int64)
    return bar, np.asarray(step - np.ceil(bar * length), np.int64)


def share(window: Ints, true: npt.NDArray[np.generic], n: int) -> Floats:
    """Mean of ``true`` ``[m]`` over what belongs to each of ``n`` passages; 0 over nothing."""
    counts = np.bincount(window, minlength=n)
    sums = np.bincount(window, weights=true, minlength=n)
    means: Floats = sums / np.maximum(counts, 1)
    return means


def _once(passages: Passages, key: Hashable, make: Callable[[], View]) -> View:
    if key not in passages.views:
        passages.views[key] = make()
    kept: View = passages.views[key]
    return kept


def _longest(passages: Passages) -> int:
    return int(passages.n_steps.max(initial=1))


def _of_role(passages: Passages, role: Role) -> BoolArray:
    index = passages.parts.index(role) if role in passages.parts else -1
    return np.asarray(passages.part == index)


def _notes(passages: Passages, which: BoolArray) -> Line:
    def make() -> Ints:
        return np.repeat(np.arange(len(passages)), np.diff(passages.first))

    window = _once(passages, "window", make)
    whole = Line(window, passages.pitch, passages.start, passages.end)
    return whole if which.all() else _where(whole, which)


def _where(notes: Line, which: BoolArray) -> Line:
    return Line(notes.window[which], notes.pitch[which], notes.start[which], notes.end[which])
