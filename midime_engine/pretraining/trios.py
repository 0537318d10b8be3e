"""Windows of melody, bass and drums from one song, or from a song and drums from elsewhere."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.converters.lines import Line, drum_line, pitched_line
from midime_engine.converters.notes import Notes
from midime_engine.pretraining.bass_lines import bass_of_piano
from midime_engine.pretraining.bounds import spread, window_bounds
from midime_engine.pretraining.melodies import n_onsets
from midime_engine.pretraining.voices import (
    bass_voices,
    drum_notes,
    is_percussive,
    melody_voices,
    named_melodies,
    pitched_voices,
    together,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from midime_engine.pretraining.recipe import Recipe
    from midime_engine.pretraining.scores import Score, Voice
    from midime_engine.protocols import IntArray

__all__ = ["can_be_paired", "drum_bars", "paired_trios", "trios"]

_LEAST_ONSETS: Final = 2
"""Of a bass or drums that play in a window; with one onset the window is left out."""

_MOST_SILENT: Final = 1 / 9
"""Windows in which bass or drums pause, for each one in which all play: a tenth of all."""

_MOST_PAIRED: Final = 48
"""Windows of one song under drums from elsewhere. Real bands are rare and must not be drowned."""

_UNACCOMPANIED: Final = 16
"""One of so many windows stays without drums, as the song was: users have such songs."""


def trios(score: Score, recipe: Recipe) -> list[IntArray]:
    """``[n_steps, 3]`` for every window in which a tune, a bass and drums of the file play.

    Where no voice is a bass, the lowest notes of the accompaniment are.
    """
    drums, tunes = drum_notes(score), melody_voices(score)
    basses = _basses(score, tunes)
    if drums is None or not basses:
        return []
    total = int(score.bars[-1])
    return _windows(
        score.bars,
        recipe,
        [pitched_line(voice.notes, total) for voice in tunes],
        [pitched_line(notes, total) for notes in basses],
        drum_line(drums, total),
    )


def paired_trios(score: Score, drums: IntArray, recipe: Recipe) -> list[IntArray]:
    """The same for a song without drums, under ``drums`` ``[bars, 16]`` from its first bar on.

    They begin again where they end. A voice that is called the melody is the only melody.
    """
    total = int(score.bars[-1])
    tunes = _tunes(score)
    basses = _basses(score, tunes)
    if not tunes or not basses or not len(drums):
        return []
    windows = _windows(
        score.bars,
        recipe,
        [pitched_line(voice.notes, total) for voice in tunes],
        [pitched_line(notes, total) for notes in basses],
        _drum_line(np.resize(drums, total)),
    )
    windows = spread(windows, _MOST_PAIRED)
    for window in windows[_UNACCOMPANIED - 1 :: _UNACCOMPANIED]:
        window[:, -1] = 0
    return windows


def can_be_paired(score: Score) -> bool:
    """Whether a song in 4/4 has a tune and a bass, or chords to make one of, and no drums."""
    if drum_notes(score) is not None or not _is_in_four(score):
        return False
    tunes = _tunes(score)
    return bool(tunes and _basses(score, tunes))


def drum_bars(score: Score) -> IntArray:
    """The bars of a drum part from the first to the last that is struck in, ``[bars, 16]``.

    None unless all bars are 4/4 and nothing but drums plays.
    """
    notes = drum_notes(score)
    if notes is None or not _is_in_four(score) or not all(v.is_drum for v in score.voices):
        return np.zeros((0, _BAR), np.int32)
    bars = drum_line(notes, int(score.bars[-1])).tokens.reshape(-1, _BAR)
    heard = np.flatnonzero(bars.any(axis=1))
    return bars[heard[0] : heard[-1] + 1] if len(heard) else bars[:0]


_BAR: Final = 16
"""Steps of a bar of 4/4."""


def _is_in_four(score: Score) -> bool:
    return bool((np.diff(score.bars) == _BAR).all())


def _tunes(score: Score) -> list[Voice]:
    """What is called the melody; where nothing is, all that could be one."""
    candidates = melody_voices(score)
    return named_melodies(candidates) or candidates


def _basses(score: Score, tunes: list[Voice]) -> list[Notes]:
    """The basses; without one, what the accompaniment plays lowest."""
    basses = [voice.notes for voice in bass_voices(score)]
    if not basses:
        others = [
            voice.notes
            for voice in pitched_voices(score)
            if voice not in tunes and not is_percussive(voice)
        ]
        basses = [bass_of_piano(together(others))] if others else []
    return [notes for notes in basses if len(notes)]


def _drum_line(tokens: IntArray) -> Line:
    nothing = np.zeros(0, np.int32)
    no_notes = Notes(nothing, nothing, nothing, nothing, nothing, nothing, nothing.astype(bool))
    return Line(tokens, np.zeros_like(tokens), no_notes, is_pitched=False)


def _windows(
    bars: IntArray, recipe: Recipe, melodies: list[Line], basses: list[Line], drums: Line
) -> list[IntArray]:
    full: list[IntArray] = []
    silent: list[IntArray] = []
    for start, end in window_bounds(bars, recipe.n_steps):
        cut = partial(Line.window, start=start, length=end - start, n_steps=recipe.n_steps)
        struck = cut(drums)
        low = max(map(cut, basses), key=n_onsets)
        others = (int(np.count_nonzero(struck)), n_onsets(low))
        if max(others) < _LEAST_ONSETS or any(0 < n < _LEAST_ONSETS for n in others):
            continue
        for tune in _different(map(cut, melodies)):
            if n_onsets(tune) >= recipe.least_onsets:
                (full if min(others) else silent).append(np.stack([tune, low, struck], axis=1))
    return full + spread(silent, round(len(full) * _MOST_SILENT))


def _different(windows: Iterable[IntArray]) -> Iterator[IntArray]:
    """Two guitars that play the same are one tune."""
    seen = set()
    for window in windows:
        key = window.tobytes()
        if key not in seen:
            seen.add(key)
            yield window
