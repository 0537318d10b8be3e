"""How much of music survives a model.

* *Step accuracy*: share of the tokens that came back unchanged, all parts together.
* *Onset accuracy*: share of the onsets of the original that came back at the same step with the
  same pitch (for drums: with exactly the same hits). Notes that were added do not count here; they
  cost step accuracy. 1 if the original has no onset.
* *Exact windows*: share of the windows of which every token came back.

All are 1 for no windows at all: nothing was lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midime_engine.metrics.events import is_onset, validate

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.converters.classes import Role
    from midime_engine.protocols import IntArray

__all__ = ["Reconstruction", "reconstruction"]


@dataclass(frozen=True, slots=True)
class Reconstruction:
    """Shares in 0..1; the module's docstring defines each."""

    step_accuracy: float
    onset_accuracy: float
    exact_windows: float


def reconstruction(
    original: IntArray,
    decoded: IntArray,
    *,
    parts: tuple[Role, ...],
    lengths: npt.ArrayLike | None = None,
) -> Reconstruction:
    """Compare ``decoded`` with ``original``, window by window, ``[n, steps, parts]`` each.

    Args:
        original: What went in.
        decoded: What came out.
        parts: The parts.
        lengths: Steps of each window that count, ``[n]``; None for all of them.

    Raises:
        ValueError: If the shapes differ or the tokens break the conventions of this package.
    """
    original, decoded = validate(original, parts), validate(decoded, parts)
    if original.shape != decoded.shape:
        raise ValueError(f"Shapes differ: {original.shape} and {decoded.shape}.")
    n, steps, _ = original.shape
    ends = np.full(n, steps) if lengths is None else np.asarray(lengths)
    if ends.shape != (n,):
        raise ValueError(f"lengths must be [{n}]; got shape {ends.shape}.")
    counts = (np.arange(steps) < ends[:, None])[:, :, None]  # [n, steps, 1]
    equal = original == decoded
    begins = np.stack([is_onset(original[:, :, i], role) for i, role in enumerate(parts)], axis=-1)
    return Reconstruction(
        step_accuracy=_share(equal, np.broadcast_to(counts, equal.shape)),
        onset_accuracy=_share(equal, begins & counts),
        exact_windows=_share((equal | ~counts).all(axis=(1, 2)), np.ones(n, bool)),
    )


def _share(hits: npt.NDArray[np.bool_], of: npt.NDArray[np.bool_]) -> float:
    total = int(np.count_nonzero(of))
    return int(np.count_nonzero(hits & of)) / total if total else 1.0
