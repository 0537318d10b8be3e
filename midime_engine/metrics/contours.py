"""Whether two windows rise and fall together: the correlation of their melodic contours.

The contour is the pitch that sounds at each step, rests left out. The correlation of two windows
is taken over the steps at which both sound; where either holds one pitch throughout, or fewer
than :data:`FEWEST_STEPS` are common, there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.metrics.distance import sounding
from midime_engine.metrics.events import validate

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.converters.classes import Role
    from midime_engine.protocols import IntArray

__all__ = ["FEWEST_STEPS", "contour_correlation"]

FEWEST_STEPS: Final = 4
"""Common steps; of fewer a correlation says nothing."""


def contour_correlation(
    one: IntArray, other: IntArray, *, parts: tuple[Role, ...]
) -> npt.NDArray[np.float64]:
    """Correlation of the first pitched part of each window with the same row of ``other``, ``[n]``.

    Both are tokens ``[n, steps, parts]``. NaN where there is none, which is everywhere without a
    pitched part.

    Raises:
        ValueError: If the shapes differ or the tokens break the conventions of this package.
    """
    one, other = validate(one, parts), validate(other, parts)
    if one.shape != other.shape:
        raise ValueError(f"Shapes differ: {one.shape} and {other.shape}.")
    found = np.full(len(one), np.nan)
    column = next((i for i, role in enumerate(parts) if role != "drums"), None)
    if column is None:
        return found
    ours, theirs = (sounding(tokens[:, :, column]).astype(float) for tokens in (one, other))
    both = (ours > 0) & (theirs > 0)
    n = both.sum(axis=1)
    enough = n >= FEWEST_STEPS
    ours, theirs = (_centred(line, both, n) for line in (ours, theirs))
    spread = np.sqrt((ours**2).sum(axis=1) * (theirs**2).sum(axis=1))
    moves = enough & (spread > 0)
    found[moves] = (ours * theirs).sum(axis=1)[moves] / spread[moves]
    return found


def _centred(
    line: npt.NDArray[np.float64], counted: npt.NDArray[np.bool_], n: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    mean = np.where(counted, line, 0.0).sum(axis=1) / np.maximum(n, 1)
    centred: npt.NDArray[np.float64] = np.where(counted, line - mean[:, None], 0.0)
    return centred
