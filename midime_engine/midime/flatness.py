"""When to stop: the rule for a flat loss curve.

The curve is *flat* when the mean of its last ``WINDOW`` values lies less than
``SMALLEST_GAIN`` (a share) below the mean of the ``WINDOW`` values before them. Means are
compared because the loss of one epoch depends on that epoch's noise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["SMALLEST_GAIN", "WINDOW", "is_flat"]

WINDOW: Final = 40
"""Epochs that are averaged; training never stops before twice as many."""

SMALLEST_GAIN: Final = 0.005
"""Half a percent of the loss."""


def is_flat(totals: Sequence[float]) -> bool:
    """Whether a curve of total losses, oldest first, has become flat."""
    if len(totals) < 2 * WINDOW:
        return False
    before, now = np.mean(totals[-2 * WINDOW : -WINDOW]), np.mean(totals[-WINDOW:])
    return bool(before - now < SMALLEST_GAIN * abs(before))
