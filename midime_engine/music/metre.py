"""Bars: where they begin and how long they are, in steps of a sixteenth.

A time signature begins a bar, wherever it stands; the bar before it ends there, short or not.
Without a time signature the metre is 4/4. Bars whose length is no whole number of steps (3/32)
begin on the nearest step.

A pickup is a single first bar that is shorter than the bars after it. It is number 0; the first
full bar is number 1, as musicians count.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from midime_engine.music.playback import STEPS_PER_WHOLE
from midime_engine.music.quantization import steps_at

if TYPE_CHECKING:
    from note_seq import NoteSequence

__all__ = ["Bar", "bars", "longest_metre"]

_COMMON_TIME: Final = (4, 4)


class Bar(NamedTuple):
    """One bar."""

    number: int
    """Counted from 1; a pickup is 0."""

    start: int
    """First step."""

    length: int
    """Steps, at least 1."""

    metre: tuple[int, int]
    """Numerator and denominator."""


class _Section(NamedTuple):
    start: int
    metre: tuple[int, int]


def bars(sequence: NoteSequence, *, n_steps: int) -> tuple[Bar, ...]:
    """The bars of ``sequence`` from step 0 until step ``n_steps`` is covered.

    The last bar is whole even when the music ends earlier.
    """
    sections = [section for section in _sections(sequence) if section.start < max(n_steps, 1)]
    found: list[Bar] = []
    n_in_sections: list[int] = []
    for section, following in pairwise([*sections, None]):
        if section is None:
            continue
        lines = _lines(section, until=following.start if following else None, n_steps=n_steps)
        found += [Bar(0, start, end - start, section.metre) for start, end in pairwise(lines)]
        n_in_sections.append(len(lines) - 1)
    first = 0 if _begins_with_pickup(found, n_in_sections) else 1
    return tuple(bar._replace(number=i) for i, bar in enumerate(found, start=first))


def longest_metre(all_bars: tuple[Bar, ...]) -> tuple[int, int]:
    """The metre that holds for most steps; 4/4 for no bars."""
    steps: dict[tuple[int, int], int] = {_COMMON_TIME: 0}
    for bar in all_bars:
        steps[bar.metre] = steps.get(bar.metre, 0) + bar.length
    return max(steps, key=lambda metre: steps[metre])


def _sections(sequence: NoteSequence) -> list[_Section]:
    """Where which metre begins, in order, each on another step, the first on step 0."""
    signatures = sorted(sequence.time_signatures, key=lambda signature: float(signature.time))
    times = np.array([signature.time for signature in signatures], np.float64)
    starts: dict[int, tuple[int, int]] = {0: _COMMON_TIME}
    for start, signature in zip(steps_at(sequence, times).tolist(), signatures, strict=True):
        if signature.numerator > 0 and signature.denominator > 0:
            starts[max(0, start)] = (signature.numerator, signature.denominator)
    return [_Section(start, metre) for start, metre in starts.items()]


def _lines(section: _Section, *, until: int | None, n_steps: int) -> list[int]:
    """Bar lines of a section, the one at its end included."""
    numerator, denominator = section.metre
    length = numerator * STEPS_PER_WHOLE / denominator
    stop = max(n_steps, section.start + 1) if until is None else until
    n_bars = max(1, math.ceil((stop - section.start) / length))
    lines = section.start + np.floor(np.arange(n_bars + 1) * length + 0.5).astype(np.int64)
    if until is not None:
        lines = np.append(lines[lines < until], until)
    return [int(line) for line in np.unique(lines)]


def _begins_with_pickup(found: list[Bar], n_in_sections: list[int]) -> bool:
    alone = len(n_in_sections) > 1 and n_in_sections[0] == 1 and n_in_sections[1] > 1
    return alone and found[0].length < found[1].length
