"""A part of any length as one row of tokens, from which windows are cut.

Melody and bass are monophonic: of a chord the highest note stays; a later onset ends the earlier
note for good (as note-seq's ``melodies_lib`` does). Drums keep onsets only, each class on or off.

A window that begins while a note sounds strikes that note again; a note that sounds at the end
of a window is cut there. No other note is affected.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midime_engine.converters.classes import (
    FIRST_ONSET,
    MAX_PITCH,
    MIN_PITCH,
    NO_EVENT,
    NOTE_OFF,
    fold_pitch,
)
from midime_engine.converters.drums import drum_class

if TYPE_CHECKING:
    from midime_engine.converters.notes import Notes
    from midime_engine.protocols import IntArray

__all__ = ["Line", "drum_line", "pitched_line"]


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a song in tokens, and what was changed to get there."""

    tokens: IntArray
    """``[n_steps]``."""

    sounding: IntArray
    """Onset class of the note that sounds on each step, 0 for none, ``[n_steps]``; drums: 0."""

    kept: Notes
    """The notes that the tokens stand for, in order of their onset."""

    is_pitched: bool
    """Whether 1 means note off; among drums it is a kick."""

    n_beneath: int = 0
    """Notes left out because a higher one began on the same step."""

    n_shortened: int = 0
    """Notes ended early by the next onset."""

    n_moved_down: int = 0
    """Notes above the range, moved down by octaves."""

    n_moved_up: int = 0
    """Notes below the range, moved up by octaves."""

    n_unmapped: int = 0
    """Percussion that belongs to none of the nine classes."""

    n_merged: int = 0
    """Hits that share their step with another hit of the same class."""

    def window(self, start: int, length: int, n_steps: int) -> IntArray:
        """``length`` steps from step ``start`` on, filled up with silence to ``[n_steps]``."""
        window = np.zeros(n_steps, np.int32)
        piece = self.tokens[start : start + length]
        window[: len(piece)] = piece
        if self.is_pitched and len(piece) and window[0] in (NO_EVENT, NOTE_OFF):
            window[0] = self.sounding[start]
        last = start + len(piece) - 1
        if len(piece) and len(piece) < n_steps and self.sounding[last]:
            window[len(piece)] = NOTE_OFF
        return window

    def is_held_over(self, start: int) -> bool:
        """Whether a note that began before ``start`` still sounds there."""
        inside = 0 < start < len(self.tokens)
        return bool(inside and self.tokens[start] == NO_EVENT and self.sounding[start])


def pitched_line(notes: Notes, n_steps: int) -> Line:
    """The highest voice of ``notes`` on steps ``0..n_steps-1``; notes beyond are left out."""
    notes = notes.where((notes.start < n_steps) & (notes.start >= 0))
    order = np.lexsort((-notes.end, -notes.pitch, notes.start))
    first = np.ones(len(order), bool)
    first[1:] = np.diff(notes.start[order]) > 0
    kept = notes.where(order[first])
    following = np.append(kept.start[1:], n_steps)[: len(kept)]
    end = np.minimum(kept.end, following)
    onset = fold_pitch(kept.pitch) + (FIRST_ONSET - MIN_PITCH)
    tokens = np.zeros(n_steps, np.int32)
    tokens[end[end < following]] = NOTE_OFF
    tokens[kept.start] = onset
    steps = np.arange(n_steps)
    latest = np.searchsorted(kept.start, steps, side="right") - 1
    sounding = np.zeros(n_steps, np.int32)
    if len(kept):
        sounding = np.where((latest >= 0) & (steps < end[latest]), onset[latest], 0)
    return Line(
        tokens=tokens,
        sounding=sounding.astype(np.int32),
        kept=kept,
        is_pitched=True,
        n_beneath=len(notes) - len(kept),
        n_shortened=int(np.sum((kept.end > end) & (end < n_steps))),
        n_moved_down=int(np.sum(kept.pitch > MAX_PITCH)),
        n_moved_up=int(np.sum(kept.pitch < MIN_PITCH)),
    )


def drum_line(notes: Notes, n_steps: int) -> Line:
    """The onsets of ``notes`` on steps ``0..n_steps-1`` as bit masks of the nine classes."""
    notes = notes.where((notes.start < n_steps) & (notes.start >= 0))
    classes = drum_class(notes.pitch)
    mapped = classes >= 0
    kept = notes.where(mapped)
    bits = np.left_shift(np.int32(1), classes[mapped])
    tokens = np.zeros(n_steps, np.int32)
    np.bitwise_or.at(tokens, kept.start, bits)
    n_struck = int(np.bitwise_count(tokens).sum())
    return Line(
        tokens=tokens,
        sounding=np.zeros(n_steps, np.int32),
        kept=kept,
        is_pitched=False,
        n_unmapped=len(notes) - len(kept),
        n_merged=len(kept) - n_struck,
    )
