"""Rows of steps as they are typed: ``x..x..x.``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.attributes.lines import steps_inside
from midime_engine.errors import RuleError

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.attributes.passage import Passages

__all__ = ["MAX_STEPS", "match", "pattern_named"]

MAX_STEPS: Final = 64
"""Four bars."""

_SIGNS: Final = {"x": "x", "1": "x", ".": ".", "-": ".", "_": ".", "0": ".", "?": "?"}
_IGNORED: Final = frozenset(" |")


def pattern_named(text: str) -> str:
    """``text`` in its plainest form: x begins a note, a dot does not, ? may do either.

    Raises:
        RuleError: If it holds anything else, no x, or too many steps.
    """
    signs = [_SIGNS.get(sign, "") for sign in text.lower() if sign not in _IGNORED]
    if not all(signs) or "x" not in signs or len(signs) > MAX_STEPS:
        raise RuleError(
            f"“{text.strip()}” is no rhythm of up to {MAX_STEPS} sixteenths.",
            remedy="Write x where a note begins, a dot where none does and ? where either is "
            "right, such as x..x..x.",
        )
    return "".join(signs)


def match(
    passages: Passages, begun: npt.NDArray[np.bool_], pattern: str
) -> npt.NDArray[np.float64]:
    """Dice's coefficient of onsets ``[n, steps]`` and ``pattern``, repeated end to end, ``[n]``.

    Twice the onsets on an x over all onsets and all x; steps with ? are left out.
    """
    signs = np.resize(np.array(list(pattern)), begun.shape[1])
    counted = steps_inside(passages) & (signs != "?")
    wished = counted & (signs == "x")
    struck = counted & begun
    both = (wished & struck).sum(axis=1)
    coefficient: npt.NDArray[np.float64] = (
        2 * both / np.maximum(wished.sum(axis=1) + struck.sum(axis=1), 1)
    )
    return coefficient
