"""Drawings by a program of our own: any number of them, each a function of its seed and number.

The drawings have no licence but this project's: nobody's were collected. Size, roundness, detail
and haste differ from drawing to drawing and independently of what is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.sketches.drawing import Drawing, bounds, centred
from midime_engine.sketches.hand import Hand
from midime_engine.sketches.simplification import simplified
from midime_engine.sketches.things import THINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["KINDS", "MAX_POINTS", "TOLERANCE", "draw", "drawings"]

KINDS: Final = tuple(THINGS)
"""What is drawn, by name."""

MAX_POINTS: Final = 63
"""Of a drawing: a model that reads point by point takes as long as the longest."""

TOLERANCE: Final = 0.008
"""In sides of the paper: two in 255, the tolerance of Sketch-RNN's own data."""

_STREAM: Final = 4
"""Of a seed; streams 1 and 2 are those of draws from the prior and of decoding."""


def draw(kind: str, rng: np.random.Generator) -> Drawing:
    """One drawing of ``kind`` by a hand that ``rng`` chooses, simplified and centred.

    Raises:
        ValueError: ``kind`` is none of :data:`KINDS`.
    """
    if kind not in THINGS:
        raise ValueError(f"kind must be one of {KINDS}; got {kind!r}.")
    hand = Hand.drawn_from(rng)
    turn = np.array(
        [
            [np.cos(hand.slant), np.sin(hand.slant)],
            [-np.sin(hand.slant), np.cos(hand.slant)],
        ]
    )
    stretch = np.array([np.sqrt(hand.stretch), 1.0 / np.sqrt(hand.stretch)])
    lines = [(line * stretch) @ turn for line in THINGS[kind](hand)]
    low, high = bounds(Drawing(tuple(np.asarray(line, np.float32) for line in lines)).strokes)
    scale = hand.size / float(np.max(high - low))
    strokes = tuple(np.asarray(hand.strayed(_dense(line * scale)), np.float32) for line in lines)
    return centred(simplified(Drawing(strokes, kind), tolerance=TOLERANCE, at_most=MAX_POINTS))


def drawings(
    n: int, *, seed: int = 0, kinds: Sequence[str] = KINDS, start: int = 0
) -> list[Drawing]:
    """``n`` drawings of ``kinds`` in turn, from number ``start`` on, each of its own stream."""
    numbers = range(start, start + n)
    return [
        draw(kinds[number % len(kinds)], np.random.default_rng([seed, _STREAM, number]))
        for number in numbers
    ]


def _dense(
    line: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """A straight line of two points with some between them, so that a tremor can be seen in it."""
    if len(line) > 2:  # noqa: PLR2004 - it has some
        return line
    return np.asarray(np.linspace(line[0], line[-1], 6), np.float64)
