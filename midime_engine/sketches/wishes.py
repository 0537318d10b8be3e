"""Wishes for drawings, for an engine that knows nothing of drawings.

:mod:`midime_engine.constraints` trains in any latent space: a judge decodes and scores, a space
says where to start and what is real. These are ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.constraints.judge import Verdict
from midime_engine.constraints.space import Space
from midime_engine.errors import OptionError
from midime_engine.sketches.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from midime_engine.protocols import FloatArray
    from midime_engine.sketches.drawing import Drawing
    from midime_engine.sketches.model import SketchRNN

__all__ = ["SketchJudge", "Wish", "sketch_space"]


@dataclass(frozen=True, slots=True)
class Wish:
    """That a rule gives at least so much."""

    rule: str
    """Name of a rule."""

    least: float
    """In 0..1, above 0."""

    def __post_init__(self) -> None:
        """Refuse what cannot be wished.

        Raises:
            OptionError: there is no such rule, or ``least`` is out of range.
        """
        if self.rule not in RULES:
            raise OptionError(
                f"There is no rule called {self.rule!r} for drawings.",
                remedy=f"Choose one of {', '.join(RULES)}.",
            )
        if not 0.0 < self.least <= 1.0:
            raise OptionError(
                f"A rule cannot give {self.least}.", remedy="Ask for more than 0, at most 1."
            )


class SketchJudge:
    """Draws what ``z`` stands for and holds it against wishes, which are always the same."""

    condition_size: Final = 0

    def __init__(self, model: SketchRNN, wishes: Sequence[Wish]) -> None:
        """Judge by at least one of ``wishes``; all of them count alike.

        Raises:
            OptionError: nothing is wished.
        """
        if not wishes:
            raise OptionError("Nothing is wished.", remedy="Choose at least one rule.")
        self._model = model
        self._wishes = tuple(wishes)
        self._least = np.array([wish.least for wish in wishes], np.float32)

    @property
    def weights(self) -> FloatArray:
        """The same for all of the ``k`` wishes, ``[k]``."""
        return np.full(len(self._wishes), 1.0 / len(self._wishes), np.float32)

    def hear(self, z: FloatArray, *, seed: int) -> FloatArray:
        """What the rules give for the likeliest drawing of each ``z`` ``[n, z_size]``, ``[n, k]``.

        The seed changes nothing: there is no chance in it.
        """
        del seed
        rules = [RULES[wish.rule] for wish in self._wishes]
        measured = [[rule.compute(drawn) for rule in rules] for drawn in self._model.decode(z)]
        return np.asarray(measured, np.float32).reshape(len(z), len(rules))

    def judge(self, heard: FloatArray, conditions: FloatArray) -> Verdict:
        """How nearly each wish is kept: what was measured as a share of the least, at most 1."""
        del conditions
        return Verdict(np.clip(heard / self._least, 0.0, 1.0), heard >= self._least)

    def conditions(self, n: int, rng: np.random.Generator) -> npt.NDArray[np.float32]:
        """None: wishes do not change, ``[n, 0]``."""
        del rng
        return np.zeros((n, 0), np.float32)


def sketch_space(model: SketchRNN, real: Sequence[Drawing]) -> Space:
    """The space of ``model``: ``real`` drawings say what is real, dreams come from its mixture."""
    return Space(model.encode(real), lambda n, seed: model.starts(n, seed=seed))
