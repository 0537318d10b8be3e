"""Who says whether what ``z`` decodes to is as it was wished.

Hearing is dear and judging is cheap, so they are two steps: what was heard once is judged again
under other conditions. The decoder is never differentiated; all that training learns of it are
these verdicts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from midime_engine.protocols import FloatArray

    BoolArray = npt.NDArray[np.bool_]

__all__ = ["Judge", "Verdict"]


class Verdict(NamedTuple):
    """Of ``n`` places, held against ``k`` wishes."""

    rewards: FloatArray
    """How nearly each wish is kept, in 0..1, ``[n, k]``."""

    satisfied: BoolArray
    """Whether it is kept, ``[n, k]``."""


class Judge(Protocol):
    """Decodes and scores; anything that can do both."""

    @property
    def weights(self) -> FloatArray:
        """How much each of the ``k`` wishes counts, above 0, adding up to 1, ``[k]``."""
        ...

    @property
    def condition_size(self) -> int:
        """Numbers that say what is wished this time, ``c``; 0 where it is always the same."""
        ...

    def hear(self, z: FloatArray, *, seed: int) -> FloatArray:
        """Decode ``z`` ``[n, z_size]`` and measure all that a verdict needs, ``[n, m]``."""
        ...

    def judge(self, heard: FloatArray, conditions: FloatArray) -> Verdict:
        """Hold what was heard ``[n, m]`` against conditions ``[n, c]``."""
        ...

    def conditions(self, n: int, rng: np.random.Generator) -> FloatArray:
        """Draw ``n`` conditions that somebody may ask for, ``[n, c]``."""
        ...
