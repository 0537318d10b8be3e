"""Telling what a drawing shows, by a judge that knows no network.

A picture of 14 by 14 blurred dots and a few counts, then Fisher's linear discriminant with a shared
covariance, fitted in closed form to drawings of the program. It is there to say whether what a
model draws is still a cat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.sketches.drawing import bounds
from midime_engine.sketches.resampling import resampled

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from midime_engine.sketches.drawing import Drawing

    Doubles = npt.NDArray[np.float64]

__all__ = ["Recogniser", "features"]

_CELLS: Final = 14
_RIDGE: Final = 2e-2
"""Added to every variance, about that of one cell: without it, a few hundred drawings would be
known by heart and new ones would look like nothing."""

_BLUR: Final = 0.5 * np.eye(_CELLS) + 0.25 * (np.eye(_CELLS, k=1) + np.eye(_CELLS, k=-1))
_SURE: Final = 99.5
"""Percentile of the distances of real drawings within which something counts as one."""


def features(drawing: Drawing) -> Doubles:
    """Where the ink is within the drawing's own box, and three counts: ``[199]``."""
    grid = np.zeros((_CELLS, _CELLS))
    points = resampled(drawing)
    low, high = bounds(drawing.strokes)
    longer = float(np.max(high - low))
    if len(points) and longer > 0.0:
        inside = (points - (low + high) / 2.0) / longer + 0.5
        cells = np.clip((inside * _CELLS).astype(int), 0, _CELLS - 1)
        grid[cells[:, 1], cells[:, 0]] = 1.0
    blurred = _BLUR @ grid @ _BLUR
    counts = [
        len(drawing.strokes) / 10.0,
        drawing.n_points / 60.0,
        len(points) / 200.0 / max(longer, 0.1),
    ]
    return np.concatenate([blurred.ravel(), counts])


@dataclass(frozen=True, slots=True, eq=False)
class Recogniser:
    """Names what drawings show, and says which look like nothing that it knows."""

    kinds: tuple[str, ...]
    means: Doubles
    """``[kinds, 199]``."""

    whitening: Doubles
    """``[199, 199]``: turns the spread of drawings of a kind into the unit sphere."""

    limit: float
    """Distance from a mean within which nearly all real drawings of the kind lie."""

    @classmethod
    def fitted(cls, drawings: Sequence[Drawing]) -> Recogniser:
        """Fit to drawings whose kind is known, some hundreds of each.

        Raises:
            ValueError: the kind of one is not known, or there are none.
        """
        kinds = tuple(sorted({drawing.kind for drawing in drawings if drawing.kind is not None}))
        if not kinds or any(drawing.kind is None for drawing in drawings):
            raise ValueError("Drawings to learn from need a kind.")
        table = np.stack([features(drawing) for drawing in drawings])
        kind_of = np.array([kinds.index(str(drawing.kind)) for drawing in drawings])
        means = np.stack([table[kind_of == k].mean(axis=0) for k in range(len(kinds))])
        covariance = np.cov(table - means[kind_of], rowvar=False)
        values, vectors = np.linalg.eigh(covariance + _RIDGE * np.eye(len(covariance)))
        whitening = vectors / np.sqrt(values)
        own = np.linalg.norm((table - means[kind_of]) @ whitening, axis=1)
        return cls(kinds, means, whitening, float(np.percentile(own, _SURE)))

    def recognise(self, drawings: Sequence[Drawing]) -> tuple[list[str], npt.NDArray[np.bool_]]:
        """The likeliest kind of each drawing, and whether it looks like one at all, ``[n]``."""
        if not drawings:
            return [], np.zeros(0, bool)
        table = np.stack([features(drawing) for drawing in drawings])
        away = np.linalg.norm((table[:, None] - self.means[None]) @ self.whitening, axis=2)
        best = away.argmin(axis=1)
        return [self.kinds[k] for k in best], away.min(axis=1) <= self.limit
