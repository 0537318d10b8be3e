"""Scales and keys by name: which pitch classes belong to them."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from midime_engine.attributes.words import OCTAVE, near, pitch_class, pitch_class_name
from midime_engine.errors import RuleError

__all__ = ["KEYS", "SCALES", "Scale", "key_named", "scale_named"]

SCALES: Final[dict[str, tuple[int, ...]]] = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "harmonic minor": (0, 2, 3, 5, 7, 8, 11),
    "melodic minor": (0, 2, 3, 5, 7, 9, 11),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "locrian": (0, 1, 3, 5, 6, 8, 10),
    "major pentatonic": (0, 2, 4, 7, 9),
    "minor pentatonic": (0, 3, 5, 7, 10),
    "blues": (0, 3, 5, 6, 7, 10),
    "whole tone": (0, 2, 4, 6, 8, 10),
    "diminished": (0, 2, 3, 5, 6, 8, 9, 11),
}
"""Semitones above the root. Minor is the natural one."""

_OTHER_NAMES: Final = {
    "ionian": "major",
    "aeolian": "minor",
    "natural minor": "minor",
    "pentatonic": "major pentatonic",
    "pentatonic major": "major pentatonic",
    "pentatonic minor": "minor pentatonic",
    "octatonic": "diminished",
    "maj": "major",
    "min": "minor",
    "m": "minor",
    "": "major",
}
_ROOT: Final = re.compile(r"\s*([A-Ga-g](?:\s*(?:#|♯|♭|b|sharp|flat))?)(?![a-z])\s*-?(.*)")
_SHORT: Final = re.compile(r"\s*([A-Ga-g][#♯♭b]?)(m|min|maj)\s*")


class Scale(NamedTuple):
    """A scale on a root."""

    root: int
    """Pitch class, 0 for C."""

    kind: str
    """One of :data:`SCALES`."""

    @property
    def name(self) -> str:
        """For example "C major"."""
        return f"{pitch_class_name(self.root)} {self.kind}"

    @property
    def degrees(self) -> tuple[int, ...]:
        """Pitch classes from the root upwards."""
        return tuple((self.root + step) % OCTAVE for step in SCALES[self.kind])


KEYS: Final = tuple(Scale(root, kind).name for kind in ("major", "minor") for root in range(OCTAVE))
"""The 24 keys by name."""


def scale_named(text: str) -> Scale:
    """The scale that ``text`` names: "C major", "F sharp minor", "Bb blues", "Am".

    Raises:
        RuleError: If there is no such scale.
    """
    found = _SHORT.fullmatch(text) or _ROOT.fullmatch(text)
    if not found:
        raise RuleError(
            f"“{text.strip()}” names no scale.",
            remedy="Write a note and a kind of scale, such as C major or F# blues.",
        )
    kind = " ".join(found[2].lower().split())
    kind = _OTHER_NAMES.get(kind, kind)
    if kind not in SCALES:
        raise RuleError(f"There is no scale called “{kind}”.", remedy=near(kind, SCALES))
    return Scale(pitch_class(found[1]), kind)


def key_named(text: str) -> Scale:
    """The major or minor key that ``text`` names.

    Raises:
        RuleError: If it names none of the 24.
    """
    scale = scale_named(text)
    if scale.kind not in {"major", "minor"}:
        raise RuleError(
            f"{scale.name} is no major or minor key.",
            remedy=f"Write scale={scale.name} for this one; key is for major and minor.",
        )
    return scale
