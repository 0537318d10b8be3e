"""Where the windows of a song lie: as many whole bars as fit, one bar further each time.

So the app cuts a song as well, except that its chunks do not overlap.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midime_engine.protocols import IntArray

__all__ = ["spread", "window_bounds"]

_HOP: Final = 16
"""Steps that a window may advance, whole bars of them and at least one: bars of 2/4 are taken in
pairs, as a bar of 4/4 is."""

_T = TypeVar("_T")


def window_bounds(bars: IntArray, n_steps: int) -> Iterator[tuple[int, int]]:
    """First step of each window and the step after its last.

    Args:
        bars: bar lines in steps, ``[n_bars + 1]``.
        n_steps: steps of a window. In another metre than 4/4 its bars may leave some of them
            free; a song that is shorter than a window is one window.
    """
    lines = bars.tolist()
    n_bars = len(lines) - 1
    index = 0
    while index < n_bars:
        start = lines[index]
        after = bisect_right(lines, start + n_steps) - 1
        # One that ends with the song is whole if no other bar like the last one would fit.
        whole = after < n_bars or lines[-1] - start + lines[-1] - lines[-2] > n_steps
        if after > index and (whole or index == 0):
            yield start, lines[after]
        index = max(index + 1, bisect_right(lines, start + _HOP) - 1)


def spread(items: list[_T], most: int) -> list[_T]:
    """Up to ``most`` of ``items``, from evenly all over.

    >>> spread([0, 1, 2, 3, 4, 5], 3)
    [0, 2, 4]
    """
    if len(items) <= most:
        return items
    return [items[index * len(items) // most] for index in range(most)]
