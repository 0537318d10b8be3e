"""The harmony of a song, and new music brought to it.

:func:`chords_of` hears one triad in each bar of each chunk, from all pitched parts together.
:func:`bring_to` moves notes of a window to chords as little as can be: a note that sounds on a
strong beat and is no note of the chord of that bar goes to the nearest one that is, which is at
most two semitones away, the lower of two. A note that is held over several strong beats follows
the first of them. Passing notes between strong beats, lengths, and drums stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from midime_engine.converters.classes import (
    FIRST_ONSET,
    MAX_PITCH,
    MIN_PITCH,
    NO_EVENT,
    NOTE_OFF,
)
from midime_engine.music.chords import triads
from midime_engine.music.strong_beats import strong_steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midime_engine.converters.chunks import Chunk, Chunks
    from midime_engine.converters.classes import Role
    from midime_engine.music.chords import Durations, Triad
    from midime_engine.protocols import IntArray

__all__ = ["Harmonised", "bring_to", "chords_of"]

_OCTAVE: Final = 12
_MOVES: Final = (0, -1, 1, -2, 2)
"""Semitones, the least first: no pitch is further from a note of a triad."""


class Harmonised(NamedTuple):
    """A window after it was brought to chords."""

    tokens: IntArray
    """``[steps, parts]``."""

    n_moved: int
    """Notes that have another pitch now."""

    n_notes: int
    """Notes of the pitched parts."""


def chords_of(chunks: Chunks, *, parts: tuple[Role, ...]) -> tuple[tuple[Triad | None, ...], ...]:
    """One triad for each bar of each chunk; None if no part of the song has a pitch."""
    durations = [_durations(chunk, parts) for chunk in chunks.items]
    heard = iter(triads(np.concatenate(durations)))
    return tuple(tuple(next(heard) for _ in bars) for bars in durations)


def bring_to(
    chords: Sequence[Triad | None],
    tokens: IntArray,
    *,
    parts: tuple[Role, ...],
    metre: tuple[int, int],
) -> Harmonised:
    """Move notes of ``tokens`` ``[steps, parts]``, which are ``len(chords)`` bars, to ``chords``.

    Args:
        chords: One for each bar; the bars are equally long. None changes nothing.
        tokens: The steps that are heard; not changed.
        parts: The parts of the model.
        metre: Numerator and denominator.
    """
    new = np.array(tokens, np.int32)
    chord_at = _chords_at_strong_beats(chords, len(new), metre)
    n_moved = n_notes = 0
    for column, role in enumerate(parts):
        if role == "drums":
            continue
        line = new[:, column]
        events = np.flatnonzero(line != NO_EVENT).tolist()
        for start, end in zip(events, [*events[1:], len(line)], strict=True):
            if line[start] <= NOTE_OFF:
                continue
            n_notes += 1
            chord = next((chord_at[step] for step in range(start, end) if step in chord_at), None)
            if chord is not None:
                move = _move(int(line[start]) - FIRST_ONSET + MIN_PITCH, chord)
                line[start] += move
                n_moved += move != 0
    return Harmonised(new, n_moved, n_notes)


def _durations(chunk: Chunk, parts: tuple[Role, ...]) -> Durations:
    """How many steps each pitch class sounds in each bar, ``[n_bars, 12]``."""
    durations = np.zeros((chunk.n_bars, _OCTAVE))
    steps = np.arange(chunk.n_steps)
    bar = steps * chunk.n_bars // chunk.n_steps
    for column, role in enumerate(parts):
        if role == "drums":
            continue
        line = chunk.tokens[: chunk.n_steps, column]
        last = np.maximum.accumulate(np.where(line != NO_EVENT, steps, -1))
        held = np.where(last >= 0, line[last], NO_EVENT)  # What sounds at each step.
        sounding = held >= FIRST_ONSET
        pitch_class = (held - FIRST_ONSET + MIN_PITCH) % _OCTAVE
        np.add.at(durations, (bar[sounding], pitch_class[sounding]), 1.0)
    return durations


def _chords_at_strong_beats(
    chords: Sequence[Triad | None], n_steps: int, metre: tuple[int, int]
) -> dict[int, Triad | None]:
    length = n_steps / max(1, len(chords))
    return {
        round(number * length) + step: chord
        for number, chord in enumerate(chords)
        for step in strong_steps(*metre)
        if step < length
    }


def _move(pitch: int, chord: Triad) -> int:
    """Semitones to the nearest note of ``chord`` that a model can play; 0 if there is none."""
    for move in _MOVES:
        moved = pitch + move
        if moved % _OCTAVE in chord.pitch_classes and MIN_PITCH <= moved <= MAX_PITCH:
            return move
    return 0
