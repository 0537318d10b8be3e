"""How different two windows of music sound, step by step.

Tokens mark beginnings, ears hear what sounds: a wrong first note of a long note is one wrong
token and two wrong bars. So of melody and bass the pitch that *sounds* at each step is compared,
a rest being a pitch of its own, and of drums the hits.

* melody, bass: share of the steps at which something else sounds;
* drums: 1 minus twice the common hits over all hits of both; 0 if neither has any.

Both are 0 for equal windows and 1 for windows that have nothing in common; the distance of two
windows is the mean over their parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midime_engine.converters.classes import FIRST_ONSET, NO_EVENT
from midime_engine.metrics.events import validate

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.converters.classes import Role
    from midime_engine.protocols import IntArray

    Distances = npt.NDArray[np.float64]

__all__ = ["distance", "sounding"]


def distance(one: IntArray, other: IntArray, *, parts: tuple[Role, ...]) -> Distances:
    """Distance of each window of ``one`` from the same row of ``other``, ``[n]`` in 0..1.

    Both are tokens ``[n, steps, parts]``.

    Raises:
        ValueError: If the shapes differ or the tokens break the conventions of this package.
    """
    one, other = validate(one, parts), validate(other, parts)
    if one.shape != other.shape:
        raise ValueError(f"Shapes differ: {one.shape} and {other.shape}.")
    by_part = [
        (_of_drums if role == "drums" else _of_pitched)(one[:, :, column], other[:, :, column])
        for column, role in enumerate(parts)
    ]
    over_parts: Distances = np.mean(by_part, axis=0)
    return over_parts


def sounding(line: IntArray) -> IntArray:
    """The class that sounds at each step of a pitched part ``[n, steps]``; 0 where none does."""
    place = np.where(line != NO_EVENT, np.arange(line.shape[1]), 0)
    last = np.maximum.accumulate(place, axis=1)
    token = np.take_along_axis(line, last, axis=1)
    return np.where(token >= FIRST_ONSET, token, 0)


def _of_pitched(one: IntArray, other: IntArray) -> Distances:
    different: Distances = (sounding(one) != sounding(other)).mean(axis=1)
    return different


def _of_drums(one: IntArray, other: IntArray) -> Distances:
    both, ours, theirs = (
        np.bitwise_count(masks.astype(np.int64)).sum(axis=1, dtype=np.int64)
        for masks in (one & other, one, other)
    )
    hits = ours + theirs
    shares: Distances = np.where(hits > 0, 1.0 - 2.0 * both / np.maximum(hits, 1), 0.0)
    return shares
