"""What bending the embedded model to each rule has given: ``benchmarks/sketches/results.json``.

For whoever is going to ask for something, before anything is trained.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["REACHED", "Reached"]


@dataclass(frozen=True, slots=True)
class Reached:
    """Shares of 1,000 new drawings after bending, means of three seeds, 0..1."""

    least: float
    """What was asked for."""

    kept: float
    """Drawings that keep the rule."""

    same_kind: float
    """Drawings that still show what they showed."""

    instead: str | None = None
    """What more than half of them have become, in the plural."""


REACHED: Final[dict[str, tuple[Reached, Reached]]] = {
    "roundness": (Reached(0.5, 0.95, 0.81), Reached(0.6, 0.91, 0.65)),
    "few_strokes": (Reached(0.75, 0.96, 0.85), Reached(0.58, 0.96, 0.92)),
    "size": (Reached(0.75, 0.90, 0.90), Reached(0.85, 0.82, 0.57)),
    "ink": (Reached(0.43, 0.94, 0.77), Reached(0.55, 0.90, 0.73)),
    "symmetry": (Reached(0.6, 0.83, 0.76), Reached(0.75, 0.73, 0.47)),
    "tallness": (Reached(0.53, 0.93, 0.66), Reached(0.58, 0.92, 0.36, "flowers")),
    "closed_lines": (Reached(0.8, 0.87, 0.84), Reached(0.9, 0.92, 0.27, "fish")),
}
"""By rule: at its usual amount, and at another one that asks for more, or, where the usual one
costs little, for less."""
