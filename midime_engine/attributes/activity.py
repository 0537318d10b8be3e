"""Rules about how much is played."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast, get_args

from midime_engine.attributes.arguments import Argument
from midime_engine.attributes.lines import grid, lead_role
from midime_engine.attributes.rule import Rule
from midime_engine.attributes.words import near
from midime_engine.converters.classes import Role
from midime_engine.errors import RuleError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from midime_engine.attributes.passage import Passages

__all__ = ["RULES", "density"]


def density(passages: Passages, role: Role | None = None) -> npt.NDArray[np.float64]:
    """Share of the sixteenths on which a note begins, in the lead or in the part that is named.

    1 when something begins on every sixteenth, 0 for silence; a chord or several drums at once
    count as one. A wish for at least t gives the reward min(1, notes / d) of Engel, Hoffman and
    Roberts ("Latent Constraints", 2017) with d = t times the number of sixteenths.
    """
    begun = grid(passages, role or lead_role(passages.parts))
    counts: npt.NDArray[np.float64] = begun.sum(axis=1) / passages.n_steps
    return counts


def _role(text: str) -> Role | None:
    word = text.strip().lower()
    if word in get_args(Role):
        return cast("Role", word)
    if not word:
        return None
    raise RuleError(f"“{text.strip()}” is not a part.", remedy=near(word, get_args(Role)))


RULES: Final = (
    Rule(
        "density",
        "Many or few notes",
        density.__doc__ or "",
        density,
        hears="notes",
        argument=Argument(
            "part",
            "choice",
            _role,
            lambda role: role or "",
            "",
            "Write melody, bass or drums, or nothing for the part that leads.",
            choices=get_args(Role),
            optional=True,
        ),
        threshold=0.5,
    ),
)
