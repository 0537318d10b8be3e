"""What a drawing is known by when somebody likes or dislikes it: its rules, and what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.sketches.generator import KINDS
from midime_engine.sketches.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from midime_engine.sketches.drawing import Drawing
    from midime_engine.sketches.recognition import Recogniser

__all__ = ["FEATURE_NAMES", "features_of"]

FEATURE_NAMES: Final = (*RULES, *KINDS)
"""Names of the features, in the order of :func:`features_of`."""


def features_of(drawings: Sequence[Drawing], recogniser: Recogniser) -> npt.NDArray[np.float64]:
    """The measure of every rule, then 1 for the likeliest kind and 0 for all others, ``[n, f]``."""
    kinds, _ = recogniser.recognise(drawings)
    rows = [
        [*(rule.compute(drawing) for rule in RULES.values()), *(float(kind == k) for k in KINDS)]
        for drawing, kind in zip(drawings, kinds, strict=True)
    ]
    return np.asarray(rows, np.float64).reshape(len(drawings), len(FEATURE_NAMES))
