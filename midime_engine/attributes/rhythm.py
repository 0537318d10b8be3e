"""Rules about where in the bar notes begin."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.attributes.arguments import Argument
from midime_engine.attributes.lines import bar_and_place, grid, lead_role, share
from midime_engine.attributes.patterns import match, pattern_named
from midime_engine.attributes.rule import Rule

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.attributes.passage import Passages

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

__all__ = ["RULES", "off_sixteenths", "offbeats", "rhythm", "syncopation"]

_QUARTER: Final = 4
_EIGHTH: Final = 2
_HALF: Final = 8


def syncopation(passages: Passages, _: None = None) -> Floats:
    """Share of the onsets of the lead that are syncopated.

    One is when it stands on a weak place of the bar and the next stronger place passes before
    another note begins: it is held, or followed by silence, across the accent. Places rank, from
    strong to weak: bar line, half bar (in 4/4), quarter, eighth, sixteenth. (After Longuet-Higgins
    and Lee, "The Rhythmic Interpretation of Monophonic Music", 1984, who sum the differences of
    rank; here each counts once.) A bar of twelve sixteenths is taken as 3/4. 0 for silence.
    """
    window, step = _onsets(passages)
    following = passages.n_steps[window]
    same = window[1:] == window[:-1]
    following[:-1][same] = step[1:][same]
    accent = np.empty(len(step), np.int64)
    longest = int(passages.n_steps.max(initial=1))
    length = passages.steps_per_bar[window]
    for steps_per_bar in np.unique(passages.steps_per_bar).tolist():
        of_metre = length == steps_per_bar
        accent[of_metre] = _next_accent(steps_per_bar, longest)[step[of_metre]]
    return share(window, accent < following, len(passages))


def offbeats(passages: Passages, _: None = None) -> Floats:
    """Share of the onsets of the lead that fall on the eighth between two quarters.

    0 for silence.
    """
    window, step = _onsets(passages)
    place = bar_and_place(passages, window, step)[1]
    return share(window, place % _QUARTER == _EIGHTH, len(passages))


def off_sixteenths(passages: Passages, _: None = None) -> Floats:
    """Share of the onsets of the lead that fall on the sixteenths between eighths.

    Those are the notes that swing would delay. The grid of a model is an even one of sixteenths, so
    this says how much there is to swing, not how late it is played. 0 for silence.
    """
    window, step = _onsets(passages)
    place = bar_and_place(passages, window, step)[1]
    return share(window, place % _EIGHTH == 1, len(passages))


def rhythm(passages: Passages, pattern: str) -> Floats:
    """How well the onsets of the lead match a pattern of sixteenths that is repeated end to end.

    Twice the onsets where the pattern has an x, over all onsets and all x (Dice's coefficient).
    Steps with ? are left out. 1 when notes begin exactly where the pattern says, 0 for silence.
    """
    return match(passages, grid(passages, lead_role(passages.parts)), pattern)


def _onsets(passages: Passages) -> tuple[Ints, Ints]:
    """Passage and step of everything that begins in the lead; what begins together counts once."""
    window, step = np.nonzero(grid(passages, lead_role(passages.parts)))
    return window, step


@lru_cache(maxsize=64)
def _next_accent(steps_per_bar: float, n_steps: int) -> Ints:
    """The next place that is stronger than each step; beyond the end where there is none."""
    steps = np.arange(n_steps)
    place = steps - np.ceil(np.floor(steps / steps_per_bar) * steps_per_bar).astype(np.int64)
    rank = np.where(place % _EIGHTH == 0, 1, 0) + np.where(place % _QUARTER == 0, 1, 0)
    if steps_per_bar % _HALF == 0:
        rank += np.where(place % _HALF == 0, 1, 0)
    rank[place == 0] = 4
    following = np.full(n_steps, n_steps)
    for step in range(n_steps - 2, -1, -1):
        candidate = step + 1
        while candidate < n_steps and rank[candidate] <= rank[step]:
            candidate = int(following[candidate])
        following[step] = candidate
    following.setflags(write=False)
    return following


RULES: Final = (
    Rule(
        "syncopation",
        "Syncopation",
        syncopation.__doc__ or "",
        syncopation,
        hears=("lead",),
        threshold=0.3,
    ),
    Rule(
        "offbeats",
        "Notes between the quarters",
        offbeats.__doc__ or "",
        offbeats,
        hears=("lead",),
        threshold=0.3,
    ),
    Rule(
        "off_sixteenths",
        "Notes between the eighths",
        off_sixteenths.__doc__ or "",
        off_sixteenths,
        hears=("lead",),
        threshold=0.2,
    ),
    Rule(
        "rhythm",
        "A rhythm",
        rhythm.__doc__ or "",
        rhythm,
        hears=("lead",),
        argument=Argument(
            "pattern",
            "pattern",
            pattern_named,
            str,
            "x..x..x.",
            "Write x where a note begins, a dot where none does, ? where either is right.",
        ),
        threshold=0.8,
    ),
)
