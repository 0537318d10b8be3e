"""Windows of one part: melodies, the figures that accompany them, and drums."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.converters.classes import FIRST_ONSET
from midime_engine.converters.lines import drum_line, pitched_line
from midime_engine.pretraining.bounds import spread, window_bounds
from midime_engine.pretraining.voices import (
    drum_notes,
    is_one_at_a_time,
    is_percussive,
    pitched_voices,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midime_engine.converters.notes import Notes
    from midime_engine.pretraining.recipe import Recipe
    from midime_engine.pretraining.scores import Score
    from midime_engine.protocols import IntArray

__all__ = ["drums", "figures", "melodies", "n_onsets"]

_LEAST_MELODY_NOTES: Final = 8
_LEAST_DRUM_NOTES: Final = 8
_LEAST_FIGURE_NOTES: Final = 16
"""A voice with fewer notes is a signal or an effect."""

_LEAST_FIGURE_ONSETS: Final = 4
_MOST_FIGURES: Final = 24
"""Windows of one voice, evenly from the whole song: a pianist plays from the first bar to the
last, and would outnumber the melodies that the model is for."""

_LOWEST_RIGHT: Final = 60
"""C4, where the hands of a pianist meet."""


def melodies(score: Score, recipe: Recipe) -> list[IntArray]:
    """Windows ``[n_steps, 1]`` of every voice that plays one note at a time."""
    return [
        window
        for voice in pitched_voices(score, _LEAST_MELODY_NOTES)
        if is_one_at_a_time(voice)
        for window in _cut(score, voice.notes, recipe, pitched=True)
    ]


def figures(score: Score, recipe: Recipe) -> list[IntArray]:
    """Windows ``[n_steps, 1]`` of voices that play chords: the highest notes, and the left hand."""
    windows = []
    for voice in pitched_voices(score, _LEAST_FIGURE_NOTES):
        if is_one_at_a_time(voice) or is_percussive(voice):
            continue
        for notes in _hands(voice.notes):
            cut = _cut(score, notes, recipe, pitched=True)
            busy = [window for window in cut if n_onsets(window) >= _LEAST_FIGURE_ONSETS]
            windows += spread(busy, _MOST_FIGURES)
    return windows


def drums(score: Score, recipe: Recipe) -> list[IntArray]:
    """Windows ``[n_steps, 1]`` of all drums of the file together."""
    notes = drum_notes(score, _LEAST_DRUM_NOTES)
    if notes is None:
        return []
    return list(_cut(score, notes, recipe, pitched=False))


def n_onsets(tokens: IntArray) -> int:
    """Notes that begin in a pitched part."""
    return int(np.count_nonzero(tokens >= FIRST_ONSET))


def _hands(notes: Notes) -> Iterator[Notes]:
    yield notes
    left = notes.where(notes.pitch < _LOWEST_RIGHT)
    if _LEAST_FIGURE_NOTES <= len(left) < len(notes):
        yield left


def _cut(score: Score, notes: Notes, recipe: Recipe, *, pitched: bool) -> Iterator[IntArray]:
    last = int(np.searchsorted(score.bars, notes.end.max(), side="left"))
    bars = score.bars[: last + 1]
    line = (pitched_line if pitched else drum_line)(notes, int(bars[-1]))
    first = FIRST_ONSET if pitched else 1
    for start, end in window_bounds(bars, recipe.n_steps):
        window = line.window(start, end - start, recipe.n_steps)
        if int(np.count_nonzero(window >= first)) >= recipe.least_onsets:
            yield window[:, None]
