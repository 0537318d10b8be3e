"""The hand that draws: how round, how detailed, how large and how steady, and its pen.

Every shape is given by its corners. How far corners are rounded off belongs to the hand and not
to the thing, so that "the same, but rounder" exists for everything that is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Points = npt.NDArray[np.float64]

__all__ = ["Hand", "circle", "polygon", "softened"]

_SPACING: Final = 0.012
"""Between the points along a line, in sides of the paper: finer than any simplification."""

_REACH: Final = 0.75
"""Of a corner's rounding to either side, at most, in mean lengths of a side: neighbours overlap."""

_TREMOR_LENGTH: Final = 0.10
"""Sides of the paper over which an unsteady hand strays one way."""


@dataclass(frozen=True, slots=True)
class Hand:
    """How somebody draws; each number is drawn anew for each drawing."""

    rng: np.random.Generator
    roundness: float
    """0: corners stay corners, 1: they become arcs."""

    detail: float
    """0: only what is needed to tell what it is, 1: all that belongs to it."""

    haste: float
    """0: every shape on its own, 1: the pen stays on the paper where it can."""

    size: float
    """Longer side of the drawing, in sides of the paper."""

    stretch: float
    """Width over height, relative to the usual."""

    slant: float
    """Turn of the whole, in radians, anticlockwise."""

    tremor: float
    """Standard deviation of how far the pen strays, in sides of the paper."""

    @classmethod
    def drawn_from(cls, rng: np.random.Generator) -> Hand:
        """Somebody's hand at some moment."""
        return cls(
            rng=rng,
            roundness=float(rng.beta(0.8, 0.8)),
            detail=float(rng.random()),
            haste=float(rng.random()),
            size=float(rng.uniform(0.45, 0.95)),
            stretch=float(np.exp(rng.normal(0.0, 0.15))),
            slant=float(rng.normal(0.0, 0.06)),
            tremor=float(rng.uniform(0.001, 0.005)),
        )

    def near(self, value: float, spread: float = 0.1) -> float:
        """``value``, as exactly as a hand would have it: off by a share of about ``spread``."""
        return float(value * np.exp(self.rng.normal(0.0, spread)))

    def adds(self, likely: float = 0.5) -> bool:
        """Whether a detail is added; a ``likely`` one also by hands that add few."""
        return bool(self.rng.random() < likely * 2.0 * self.detail)

    def joins(self) -> bool:
        """Whether the pen stays down between two shapes."""
        return bool(self.rng.random() < self.haste)

    def closed(self, corners: Points, *, extra: float = 0.0) -> Points:
        """A line around ``corners`` ``[k, 2]``, back to its beginning or nearly so.

        ``extra`` is added to the roundness, for shapes that nobody draws angular.
        """
        line = softened(corners, min(1.0, self.roundness + extra), closed=True)
        gap = int(self.rng.integers(-2, 3))  # too early or too far, as hands close shapes
        return line[: len(line) + gap] if gap < 0 else np.concatenate([line, line[1 : 1 + gap]])

    def open(self, corners: Points, *, extra: float = 0.0) -> Points:
        """A line through ``corners`` ``[k, 2]`` from the first to the last."""
        return softened(corners, min(1.0, self.roundness + extra), closed=False)

    def strayed(self, line: Points) -> Points:
        """``line`` as an unsteady hand has it: the pen strays smoothly."""
        knots = max(2, round(_length(line) / _TREMOR_LENGTH) + 1)
        strays = self.rng.normal(0.0, self.tremor, (knots, 2))
        at = np.linspace(0.0, knots - 1.0, len(line))
        apart = np.stack([np.interp(at, np.arange(knots), s) for s in strays.T], axis=1)
        return np.asarray(line + apart, np.float64)


def softened(corners: Points, roundness: float, *, closed: bool) -> Points:
    """Points along the lines between ``corners`` ``[k, 2]``, corners rounded off.

    Rounding is a moving average along the line, wide enough at ``roundness`` 1 that the arcs of
    neighbouring corners meet. The ends of an open line stay where they are.
    """
    points = np.asarray(corners, np.float64)
    if closed:
        points = np.concatenate([points, points[:1]])
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    n = max(3, round(along[-1] / _SPACING) + 1)
    at = np.linspace(0.0, along[-1], n)
    line = np.stack([np.interp(at, along, column) for column in points.T], axis=1)
    side = n / max(1, len(points) - 1)
    half = round(_REACH * roundness * side)
    if half < 1 or (not closed and len(points) < 3):  # noqa: PLR2004 - no corner between two ends
        return line
    ring = line[:-1] if closed else line
    half = min(half, len(ring) - 1)
    if closed:
        padded = np.concatenate([ring[-half:], ring, ring[:half]])
    else:
        before, after = 2 * ring[0] - ring[half:0:-1], 2 * ring[-1] - ring[-2 : -half - 2 : -1]
        padded = np.concatenate([before, ring, after])
    weights = np.hanning(2 * half + 3)[1:-1]
    weights /= weights.sum()
    smooth = np.stack([np.convolve(c, weights, mode="valid") for c in padded.T], axis=1)
    return np.concatenate([smooth, smooth[:1]]) if closed else smooth


def polygon(
    n: int, centre: Sequence[float], width: float, height: float, *, turn: float = 0.0
) -> Points:
    """``n`` corners around ``centre`` that fill a box of ``width`` and ``height``, ``[n, 2]``.

    The first is at the top, the others follow anticlockwise; ``turn`` is in radians.
    """
    angles = np.pi / 2.0 + turn + 2.0 * np.pi * np.arange(n) / n
    unit = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    low, high = unit.min(axis=0), unit.max(axis=0)
    unit = (unit - (low + high) / 2.0) / (high - low)
    return np.asarray(np.asarray(centre) + unit * np.array([width, height]), np.float64)


def circle(centre: Sequence[float], width: float, height: float | None = None) -> Points:
    """So many corners that they look like an ellipse at any roundness, ``[12, 2]``."""
    return polygon(12, centre, width, width if height is None else height)


def _length(line: Points) -> float:
    return float(np.sum(np.hypot(*np.diff(line, axis=0).T)))
