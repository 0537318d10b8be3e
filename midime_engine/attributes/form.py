"""Rules about what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.attributes.lines import bar_and_place, lead, lead_role, n_bars
from midime_engine.attributes.rule import Rule

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.attributes.passage import Passages

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

__all__ = ["RULES", "repetition", "similarity"]

_PITCHES: Final = 256
"""More than the pitches 0..127 and the intervals -127..127 have values."""

_FARTHEST: Final = 16
"""Bars between two that are compared: bounds the work for a long piece."""


@dataclass(frozen=True, slots=True)
class _Bars:
    """The events of all bars, each a number; one bar later, the same event is ``width`` more."""

    events: Ints
    of_bar: Ints
    """Which of all bars each event stands in."""

    counts: Ints
    """Events of each bar, ``[n, bars of the longest passage]``."""

    width: int


def repetition(passages: Passages, _: None = None) -> Floats:
    """How much each bar of the lead repeats the bar before it, on average over all such pairs.

    Two bars are compared note by note: twice the notes that begin at the same place of both with
    the same pitch, over the notes of both (Dice's coefficient); of drums, stroke by stroke. A pair
    of silent bars is left out. 1 when every bar is the same, 0 for silence and for a single bar.
    """
    bars = _bars(passages, is_relative=False)
    if bars.counts.shape[1] < 2:  # noqa: PLR2004 - a pair
        return np.zeros(len(passages))
    alike = _alike(bars, lag=1)
    sounding = bars.counts > 0
    inside = np.arange(1, sounding.shape[1]) < n_bars(passages)[:, None]
    return _mean(alike, (sounding[:, 1:] | sounding[:, :-1]) & inside)


def similarity(passages: Passages, _: None = None) -> Floats:
    """How much each bar of the lead resembles the bar that it resembles most, on average.

    As for repetition, but with pitches counted from the first note of each bar, so that the same
    figure on another degree is the same, and against every bar up to sixteen bars away. Silent
    bars are left out. 0 for silence and for a single bar.
    """
    bars = _bars(passages, is_relative=lead_role(passages.parts) != "drums")
    n, longest = bars.counts.shape
    best = np.zeros((n, longest))
    for lag in range(1, min(longest - 1, _FARTHEST) + 1):
        alike = _alike(bars, lag=lag)
        best[:, :-lag] = np.maximum(best[:, :-lag], alike)
        best[:, lag:] = np.maximum(best[:, lag:], alike)
    return _mean(best, bars.counts > 0)


def _bars(passages: Passages, *, is_relative: bool) -> _Bars:
    notes = lead(passages)
    bar, place = bar_and_place(passages, notes.window, notes.start)
    n, longest = len(passages), int(n_bars(passages).max(initial=1))
    every = notes.window * longest + bar
    pitch = notes.pitch.astype(np.int64)
    if is_relative and len(notes):
        begins = np.flatnonzero(np.append(True, np.diff(every) != 0))
        pitch -= np.repeat(pitch[begins], np.diff(np.append(begins, len(every))))
    width = (int(np.ceil(passages.steps_per_bar.max(initial=1))) + 1) * _PITCHES
    events = np.unique(every * width + place * _PITCHES + pitch + _PITCHES // 2)
    of_bar = events // width
    counts = np.bincount(of_bar, minlength=n * longest).reshape(n, longest)
    return _Bars(events, of_bar, counts, width)


def _alike(bars: _Bars, *, lag: int) -> Floats:
    """Dice's coefficient of each bar and the one ``lag`` later, ``[n, bars - lag]``."""
    n, longest = bars.counts.shape
    earlier = bars.of_bar % longest < longest - lag
    again = np.isin(bars.events[earlier] + lag * bars.width, bars.events, assume_unique=True)
    common = np.bincount(bars.of_bar[earlier][again], minlength=n * longest)
    both = bars.counts[:, :-lag] + bars.counts[:, lag:]
    shares: Floats = 2 * common.reshape(n, longest)[:, :-lag] / np.maximum(both, 1)
    return shares


def _mean(values: Floats, counted: npt.NDArray[np.bool_]) -> Floats:
    means: Floats = (values * counted).sum(axis=1) / np.maximum(counted.sum(axis=1), 1)
    return means


RULES: Final = (
    Rule(
        "repetition",
        "Bars repeat",
        repetition.__doc__ or "",
        repetition,
        hears=("lead",),
        threshold=0.5,
    ),
    Rule(
        "similarity",
        "Bars resemble each other",
        similarity.__doc__ or "",
        similarity,
        hears=("lead",),
        threshold=0.5,
    ),
)
