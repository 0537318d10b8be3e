"""From logits to probabilities."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

__all__ = ["logistic"]

_Number = TypeVar("_Number", bound=np.floating[Any])


def logistic(logits: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    """``1 / (1 + exp(-logits))`` without overflow, in the type of ``logits``."""
    chances: npt.NDArray[_Number] = 0.5 * (1.0 + np.tanh(0.5 * logits))
    return chances
