"""How well single drum hits come back, whatever else is struck with them.

A *hit* is one of the nine classes at one step. An original and a decoded drum part are compared
hit by hit:

* *precision*: share of the decoded hits that are in the original;
* *recall*: share of the original's hits that came back;
* *F1*: their harmonic mean.

A share of nothing is 1 where there was nothing to find either, and 0 otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from midime_engine.protocols import IntArray

__all__ = ["HitAccuracy", "hit_accuracy"]


@dataclass(frozen=True, slots=True)
class HitAccuracy:
    """Shares in 0..1; the module's docstring defines each."""

    precision: float
    recall: float
    f1: float


def hit_accuracy(original: IntArray, decoded: IntArray) -> HitAccuracy:
    """Compare drum tokens (masks of nine bits) of one shape, ``[..., steps]``.

    Raises:
        ValueError: If the shapes differ.
    """
    if original.shape != decoded.shape:
        raise ValueError(f"Shapes differ: {original.shape} and {decoded.shape}.")
    both, ours, theirs = (_count(mask) for mask in (original & decoded, original, decoded))
    nothing = float(not ours and not theirs)
    return HitAccuracy(
        precision=both / theirs if theirs else nothing,
        recall=both / ours if ours else nothing,
        f1=2 * both / (ours + theirs) if ours or theirs else 1.0,
    )


def _count(masks: IntArray) -> int:
    return int(np.bitwise_count(np.asarray(masks, np.int64)).sum())
