"""A taste in words: “low notes, few leaps, C major”."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midime_engine.ratings.progress import Leaning

__all__ = ["said"]

_MOST: Final = 3
"""Features that are named: what comes after them is mostly guessing."""

_LEAST: Final = 0.08
"""The share of a taste from which a feature is named, unless it is the first."""

_WORDS: Final[dict[str, tuple[str, str, str]]] = {
    # What is liked where less, neither, or more of it is liked.
    "density": ("few notes", "neither few nor many notes", "many notes"),
    "notes_per_bar": ("few notes", "neither few nor many notes", "many notes"),
    "rests": ("few rests", "some rests", "many rests"),
    "note_length": ("short notes", "notes of middle length", "long notes"),
    "legato": ("notes that let go", "notes partly held", "notes held until the next"),
    "lowest": ("low notes", "a certain lowest note", "no low notes"),
    "highest": ("no high notes", "a certain highest note", "high notes"),
    "range": ("a narrow range", "a middle range", "a wide range"),
    "mean_pitch": ("low notes", "notes of middle height", "high notes"),
    "largest_leap": ("small leaps", "middle-sized leaps", "a wide leap"),
    "mean_leap": ("small moves", "middle-sized moves", "wide moves"),
    "stepwise": ("leaps", "steps and leaps", "steps from note to neighbour"),
    "in_key": ("notes out of any key", "a few notes out of the key", "notes of one key"),
    "pitch_classes": ("few different notes", "some different notes", "many different notes"),
    "syncopation": ("notes on the beat", "a little syncopation", "syncopation"),
    "offbeats": ("notes on the beat", "some notes off the beat", "notes off the beat"),
    "off_sixteenths": (
        "no sixteenths in between",
        "some sixteenths in between",
        "sixteenths in between",
    ),
    "repetition": ("bars that change", "bars that change a little", "bars that repeat"),
    "similarity": ("bars that differ", "bars that are akin", "bars that are alike"),
    "kick": ("no kick", "some kick", "a kick"),
    "snare": ("no snare", "some snare", "a snare"),
    "hihat": ("no hi-hat", "some hi-hat", "a hi-hat"),
    "backbeat": ("no backbeat", "some backbeat", "a snare on the backbeat"),
    "four_on_the_floor": ("no steady kick", "a fairly steady kick", "a kick on every beat"),
    "bass_follows_kick": (
        "bass and kick apart",
        "bass and kick partly together",
        "bass and kick together",
    ),
    "contour=rising": ("nothing that climbs", "a little climb", "melodies that climb"),
    "contour=falling": ("nothing that falls", "a little fall", "melodies that fall"),
    "contour=arch": ("no arch", "something of an arch", "melodies that rise and fall"),
    "contour=valley": ("no valley", "something of a valley", "melodies that fall and rise"),
}


def said(leanings: Sequence[Leaning], names: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """What is liked, with how much of the taste each is, the most important first.

    Features that come to the same words are one.

    >>> from midime_engine.ratings.progress import Leaning
    >>> said([Leaning(0, 0.7, -1), Leaning(1, 0.2, 1)], ["mean_pitch", "key=C major"])
    (('low notes', 0.7), ('the notes of C major', 0.2))
    """
    shares: dict[str, float] = {}
    for leaning in leanings:
        words = _words(names[leaning.feature], leaning.direction)
        shares[words] = shares.get(words, 0.0) + leaning.share
    ordered = sorted(shares.items(), key=lambda each: -each[1])
    return tuple(
        (words, share)
        for place, (words, share) in enumerate(ordered[:_MOST])
        if share >= _LEAST or place == 0
    )


def _words(name: str, direction: int) -> str:
    if name in _WORDS:
        return _WORDS[name][direction + 1]
    key = name.removeprefix("key=")
    return (f"notes outside {key}", f"mostly {key}", f"the notes of {key}")[direction + 1]
