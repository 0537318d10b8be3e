"""Chords by name: which pitch classes belong to them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from midime_engine.attributes.words import OCTAVE, pitch_class, pitch_class_name
from midime_engine.errors import RuleError

__all__ = ["KINDS", "MAX_CHORDS", "Chord", "progression_named"]

KINDS: Final[dict[str, tuple[int, ...]]] = {
    "": (0, 4, 7),
    "m": (0, 3, 7),
    "7": (0, 4, 7, 10),
    "maj7": (0, 4, 7, 11),
    "m7": (0, 3, 7, 10),
    "mmaj7": (0, 3, 7, 11),
    "6": (0, 4, 7, 9),
    "m6": (0, 3, 7, 9),
    "dim": (0, 3, 6),
    "dim7": (0, 3, 6, 9),
    "m7b5": (0, 3, 6, 10),
    "aug": (0, 4, 8),
    "sus2": (0, 2, 7),
    "sus4": (0, 5, 7),
    "7sus4": (0, 5, 7, 10),
    "add9": (0, 2, 4, 7),
    "9": (0, 2, 4, 7, 10),
    "5": (0, 7),
}
"""Semitones above the root, by what stands behind it."""

_OTHER_NAMES: Final = {
    "maj": "",
    "M": "",
    "min": "m",
    "-": "m",
    "M7": "maj7",
    "Δ": "maj7",
    "min7": "m7",
    "-7": "m7",
    "°": "dim",
    "o": "dim",
    "°7": "dim7",
    "ø": "m7b5",
    "+": "aug",
    "sus": "sus4",
}

MAX_CHORDS: Final = 32
"""Two for each bar of the longest window."""

_CHORD: Final = re.compile(r"([A-Ga-g][#♯♭b]?)(.*)")
_BETWEEN: Final = re.compile(r"[\s,|]+")


class Chord(NamedTuple):
    """A chord on a root."""

    root: int
    kind: str
    """One of :data:`KINDS`."""

    @property
    def name(self) -> str:
        """For example "Am7"."""
        return pitch_class_name(self.root) + self.kind

    @property
    def pitch_classes(self) -> frozenset[int]:
        """What belongs to it."""
        return frozenset((self.root + step) % OCTAVE for step in KINDS[self.kind])


def progression_named(text: str) -> tuple[Chord, ...]:
    """The chords that ``text`` names, in order: "C Am F G", "Dm7, G7, Cmaj7".

    Raises:
        RuleError: If a word is no chord, or if there are too many.
    """
    words = [word for word in _BETWEEN.split(text.strip()) if word]
    if not words:
        raise RuleError("No chord is named.", remedy="Write for example C Am F G.")
    if len(words) > MAX_CHORDS:
        raise RuleError(
            f"These are {len(words)} chords; up to {MAX_CHORDS} are read.",
            remedy="Write the part that repeats.",
        )
    return tuple(_chord(word) for word in words)


def _chord(word: str) -> Chord:
    found = _CHORD.fullmatch(word)
    kind = _OTHER_NAMES.get(found[2], found[2]) if found else ""
    if not found or kind not in KINDS:
        raise RuleError(
            f"“{word}” is no chord that is known here.",
            remedy="Write a note, then nothing or one of "
            f"{', '.join(name for name in KINDS if name)}: C, Am, G7.",
        )
    return Chord(pitch_class(found[1]), kind)
