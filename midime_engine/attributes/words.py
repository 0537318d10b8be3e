"""Names of pitches, as musicians type them, to numbers and back."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final

from midime_engine.errors import RuleError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["OCTAVE", "near", "pitch", "pitch_class", "pitch_class_name", "pitch_name"]

OCTAVE: Final = 12
_NATURAL: Final = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
_ALTERED: Final = {"#": 1, "♯": 1, "sharp": 1, "b": -1, "♭": -1, "flat": -1, "": 0}
_NAMES: Final = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_NAME: Final = re.compile(r"([A-Ga-g])\s*((?:#|♯|b|♭|sharp|flat)*)\s*(-?\d+)?", flags=re.IGNORECASE)
_SIGNS: Final = re.compile(r"#|♯|b|♭|sharp|flat", flags=re.IGNORECASE)
_HIGHEST: Final = 127


def pitch_class(text: str) -> int:
    """The pitch class, 0 for C to 11 for B, that ``text`` names: C, F#, Bb, E flat.

    Raises:
        RuleError: If it names none.
    """
    found = _NAME.fullmatch(text.strip())
    if not found or found[3]:
        raise RuleError(
            f"“{text.strip()}” is not the name of a note.",
            remedy="Write a letter from A to G, with # or b behind it if need be: C, F#, Bb.",
        )
    return _class_of(found[1], found[2]) % OCTAVE


def pitch(text: str) -> int:
    """The MIDI pitch that ``text`` names: C4 and 60 are middle C.

    Raises:
        RuleError: If it names none of 0..127.
    """
    plain = text.strip()
    found = _NAME.fullmatch(plain)
    if plain.isdecimal():
        number = int(plain)
    elif found and found[3]:
        number = _class_of(found[1], found[2]) + OCTAVE * (int(found[3]) + 1)
    else:
        number = -1
    if not 0 <= number <= _HIGHEST:
        raise RuleError(
            f"“{plain}” is not a pitch.",
            remedy="Write a note with its octave, such as C4 for middle C or F#5, or a MIDI "
            f"number from 0 to {_HIGHEST}.",
        )
    return number


def pitch_class_name(number: int) -> str:
    """The name that :func:`pitch_class` reads.

    >>> pitch_class_name(1), pitch_class_name(10)
    ('C#', 'Bb')
    """
    return _NAMES[number % OCTAVE]


def pitch_name(number: int) -> str:
    """The name that :func:`pitch` reads.

    >>> pitch_name(60), pitch_name(70)
    ('C4', 'Bb4')
    """
    return f"{_NAMES[number % OCTAVE]}{number // OCTAVE - 1}"


def near(word: str, known: Iterable[str]) -> str:
    """“Did you mean …?” with the closest of ``known``, or a list of all of them."""
    names = list(known)
    close = difflib.get_close_matches(word.lower(), names, n=2, cutoff=0.6)
    if close:
        return f"Did you mean {' or '.join(close)}?"
    return f"There are {', '.join(names)}."


def _class_of(letter: str, signs: str) -> int:
    return _NATURAL[letter.lower()] + sum(_ALTERED[s.lower()] for s in _SIGNS.findall(signs))
