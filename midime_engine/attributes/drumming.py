"""Rules about drums, and about bass and drums together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from midime_engine.attributes.arguments import Argument
from midime_engine.attributes.lines import bar_and_place, grid, hits, n_bars
from midime_engine.attributes.patterns import match, pattern_named
from midime_engine.attributes.rule import Rule
from midime_engine.attributes.words import near
from midime_engine.converters.drums import DRUM_CLASS_NAMES
from midime_engine.errors import RuleError

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.attributes.passage import Passages

    Floats = npt.NDArray[np.float64]
    Bools = npt.NDArray[np.bool_]

__all__ = [
    "DRUMS",
    "RULES",
    "DrumRhythm",
    "backbeat",
    "bass_follows_kick",
    "drum_present",
    "drum_rhythm",
    "four_on_the_floor",
]

DRUMS: Final[dict[str, tuple[int, ...]]] = {
    **{name: (index,) for index, name in enumerate(DRUM_CLASS_NAMES)},
    "hi-hat": (2, 3),
    "tom": (4, 5, 6),
    "cymbal": (7, 8),
}
"""Drum classes by name, one by one and in families."""

_OTHER_NAMES: Final = {
    "bass drum": "kick",
    "closed hat": "closed hi-hat",
    "closed hihat": "closed hi-hat",
    "open hat": "open hi-hat",
    "open hihat": "open hi-hat",
    "hat": "hi-hat",
    "hihat": "hi-hat",
    "toms": "tom",
    "cymbals": "cymbal",
}
_KICK: Final = DRUMS["kick"]
_SNARE: Final = DRUMS["snare"]
_QUARTER: Final = 4
_NAME_AND_PATTERN: Final = re.compile(r"\s*([a-zA-Z][a-zA-Z \-]*?)\s+([xX1.\-_0?| ]+)")


class DrumRhythm(NamedTuple):
    """A drum and where it is struck."""

    drum: str
    pattern: str

    @property
    def name(self) -> str:
        """For example "kick x...x..."."""
        return f"{self.drum} {self.pattern}"

    @classmethod
    def named(cls, text: str) -> DrumRhythm:
        """The drum and the pattern that ``text`` names.

        Raises:
            RuleError: If it names none.
        """
        found = _NAME_AND_PATTERN.fullmatch(text)
        if not found:
            raise RuleError(
                f"“{text.strip()}” is no drum with a rhythm.",
                remedy="Write a drum and its sixteenths, such as kick x...x...",
            )
        return cls(_drum(found[1]), pattern_named(found[2]))


def drum_present(passages: Passages, drum: str) -> Floats:
    """Share of the bars in which the drum is struck, however often.

    0 for silence. A bar that the passage only begins counts as one.
    """
    window, step = np.nonzero(_struck(passages, DRUMS[drum]))
    bar, _ = bar_and_place(passages, window, step)
    every = n_bars(passages)
    longest = int(every.max(initial=1))
    played = np.zeros((len(passages), longest), bool)
    played[window, bar] = True
    counts: Floats = played.sum(axis=1) / every
    return counts


def drum_rhythm(passages: Passages, wished: DrumRhythm) -> Floats:
    """How well the strokes of one drum match a pattern of sixteenths, repeated end to end.

    Twice the strokes where the pattern has an x, over all strokes and all x (Dice's coefficient).
    Steps with ? are left out. 0 for silence.
    """
    return match(passages, _struck(passages, DRUMS[wished.drum]), wished.pattern)


def backbeat(passages: Passages, _: None = None) -> Floats:
    """Share of the backbeats on which the snare is struck.

    They are every second quarter of a bar from the second on: 2 and 4 in 4/4, 2 in 3/4. 0 for
    silence and for bars of a single quarter.
    """
    quarter, is_quarter = _quarters(passages)
    return _kept(_struck(passages, _SNARE), is_quarter & (quarter % 2 == 1))


def four_on_the_floor(passages: Passages, _: None = None) -> Floats:
    """Share of the quarters on which the kick is struck. 0 for silence."""
    return _kept(_struck(passages, _KICK), _quarters(passages)[1])


def bass_follows_kick(passages: Passages, _: None = None) -> Floats:
    """How far bass and kick begin together.

    Twice the steps on which both begin, over the steps of one and of the other (Dice's
    coefficient): 1 when every note of the bass has its kick and every kick its note. 0 where
    either is silent.
    """
    kick = _struck(passages, _KICK)
    bass = grid(passages, "bass")
    together = (kick & bass).sum(axis=1)
    coefficient: Floats = 2 * together / np.maximum(kick.sum(axis=1) + bass.sum(axis=1), 1)
    return coefficient


def _struck(passages: Passages, classes: tuple[int, ...]) -> Bools:
    return np.asarray(hits(passages)[:, :, list(classes)].any(axis=2))


def _quarters(passages: Passages) -> tuple[npt.NDArray[np.int64], Bools]:
    """Which quarter of its bar each step belongs to, and whether it begins there."""
    steps = np.arange(int(passages.n_steps.max(initial=1)))
    n = len(passages)
    window, step = np.repeat(np.arange(n), len(steps)), np.tile(steps, n)
    place = bar_and_place(passages, window, step)[1].reshape(n, len(steps))
    inside = steps < passages.n_steps[:, None]
    return place // _QUARTER, (place % _QUARTER == 0) & inside


def _kept(struck: Bools, wished: Bools) -> Floats:
    shares: Floats = (struck & wished).sum(axis=1) / np.maximum(wished.sum(axis=1), 1)
    return shares


def _drum(text: str) -> str:
    word = " ".join(text.lower().split())
    word = _OTHER_NAMES.get(word, word)
    if word not in DRUMS:
        raise RuleError(f"There is no drum called “{text.strip()}”.", remedy=near(word, DRUMS))
    return word


RULES: Final = (
    Rule(
        "drum",
        "A drum in every bar",
        drum_present.__doc__ or "",
        drum_present,
        hears=("drums",),
        argument=Argument(
            "drum",
            "choice",
            _drum,
            str,
            "kick",
            f"Write one of {', '.join(DRUMS)}.",
            choices=tuple(DRUMS),
        ),
    ),
    Rule(
        "drum_rhythm",
        "A rhythm of one drum",
        drum_rhythm.__doc__ or "",
        drum_rhythm,
        hears=("drums",),
        argument=Argument(
            "drum and pattern",
            "pattern",
            DrumRhythm.named,
            lambda wished: wished.name,
            "kick x...x...",
            "Write a drum, then x where it is struck, a dot where not, ? where either is right.",
            choices=tuple(DRUMS),
        ),
        threshold=0.8,
    ),
    Rule("backbeat", "Snare on two and four", backbeat.__doc__ or "", backbeat, hears=("drums",)),
    Rule(
        "four_on_the_floor",
        "Kick on every quarter",
        four_on_the_floor.__doc__ or "",
        four_on_the_floor,
        hears=("drums",),
    ),
    Rule(
        "bass_follows_kick",
        "Bass and kick together",
        bass_follows_kick.__doc__ or "",
        bass_follows_kick,
        hears=("bass", "drums"),
        threshold=0.6,
    ),
)
