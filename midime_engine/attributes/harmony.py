"""Rules about which pitch classes sound: keys, scales, chords, the first and the last note."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.attributes.arguments import Argument
from midime_engine.attributes.chord_names import KINDS, Chord, progression_named
from midime_engine.attributes.lines import Line, bar_and_place, lead, n_bars, pitched, share
from midime_engine.attributes.rule import Rule
from midime_engine.attributes.scales import KEYS, SCALES, Scale, key_named, scale_named
from midime_engine.attributes.words import OCTAVE, pitch_class, pitch_class_name
from midime_engine.errors import RuleError

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.attributes.passage import Passages

    Floats = npt.NDArray[np.float64]
    Bools = npt.NDArray[np.bool_]

__all__ = ["RULES", "avoiding", "ends_on", "in_chords", "in_scale", "pitch_classes", "starts_on"]

_DEGREES: Final = re.compile(r"\s*([1-8](?:[\s,]+[1-8])*)\s+of\s+(.+)", flags=re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[\s,]+")


def in_scale(passages: Passages, scale: Scale) -> Floats:
    """Share of the notes of melody and bass that belong to the scale, whatever their length.

    1 when all of them do, 0 when none does and for silence. C major is all white keys. (The
    reward ``c_pitch`` of Engel, Hoffman and Roberts, "Latent Constraints", 2017, for any scale.)
    """
    notes = pitched(passages)
    return share(
        notes.window, _table(frozenset(scale.degrees))[notes.pitch % OCTAVE], len(passages)
    )


def avoiding(passages: Passages, avoided: frozenset[int]) -> Floats:
    """Share of the notes of melody and bass that are none of those to avoid, in any octave.

    1 when none of them is played. 0 for silence.
    """
    notes = pitched(passages)
    return share(notes.window, ~_table(avoided)[notes.pitch % OCTAVE], len(passages))


def in_chords(passages: Passages, chords: tuple[Chord, ...]) -> Floats:
    """Share of the notes of melody and bass that belong to the chord of the bar they begin in.

    There is one chord to a bar, and after the last comes the first again. If there are more chords
    than bars, they share the passage evenly. 0 for silence.
    """
    notes = pitched(passages)
    bar, _ = bar_and_place(passages, notes.window, notes.start)
    crowded = (n_bars(passages) < len(chords))[notes.window]
    evenly = notes.start * len(chords) // passages.n_steps[notes.window]
    chord = np.where(crowded, evenly, bar % len(chords))
    belongs = np.stack([_table(chord.pitch_classes) for chord in chords])
    return share(notes.window, belongs[chord, notes.pitch % OCTAVE], len(passages))


def starts_on(passages: Passages, wished: frozenset[int]) -> Floats:
    """1 when the first note of the lead is one of those wished, in any octave; otherwise 0.

    It may begin after a rest. 0 for silence.
    """
    notes = lead(passages)
    first = np.append(True, np.diff(notes.window) != 0)[: len(notes)]
    return _are(notes, first, wished, len(passages))


def ends_on(passages: Passages, wished: frozenset[int]) -> Floats:
    """1 when the last note of the lead is one of those wished, in any octave; otherwise 0.

    A rest may follow it. 0 for silence.
    """
    notes = lead(passages)
    last = np.append(np.diff(notes.window) != 0, True)[: len(notes)]
    return _are(notes, last, wished, len(passages))


def pitch_classes(text: str) -> frozenset[int]:
    """The pitch classes that ``text`` names: "C", "C, E, G", "1 of A minor", "1 3 5 of C major".

    Raises:
        RuleError: If it names none, or a degree that the scale has not.
    """
    found = _DEGREES.fullmatch(text)
    if not found:
        named = frozenset(pitch_class(word) for word in _BETWEEN.split(text.strip()) if word)
        if not named:
            raise RuleError("No note is named.", remedy=_NOTES_HELP)
        return named
    scale = scale_named(found[2])
    degrees = [int(word) for word in _BETWEEN.split(found[1])]
    if max(degrees) > len(scale.degrees):
        raise RuleError(
            f"{scale.name} has {len(scale.degrees)} degrees; {max(degrees)} is none of them.",
            remedy=f"Write degrees from 1 to {len(scale.degrees)}.",
        )
    return frozenset(scale.degrees[degree - 1] for degree in degrees)


def _are(notes: Line, which: Bools, wished: frozenset[int], n: int) -> Floats:
    return share(notes.window[which], _table(wished)[notes.pitch[which] % OCTAVE], n)


def _table(classes: frozenset[int]) -> Bools:
    belongs = np.zeros(OCTAVE, bool)
    belongs[list(classes)] = True
    return belongs


def _written(classes: frozenset[int]) -> str:
    return ",".join(pitch_class_name(number) for number in sorted(classes))


_NOTES_HELP: Final = "Write notes, such as C or C,E,G, or degrees, such as 1 of A minor."


RULES: Final = (
    Rule(
        "key",
        "Notes in a key",
        in_scale.__doc__ or "",
        in_scale,
        judges="notes",
        argument=Argument(
            "key",
            "key",
            key_named,
            lambda scale: scale.name,
            "C major",
            "Write a major or minor key.",
            choices=KEYS,
        ),
    ),
    Rule(
        "scale",
        "Notes in a scale",
        in_scale.__doc__ or "",
        in_scale,
        judges="notes",
        argument=Argument(
            "scale",
            "scale",
            scale_named,
            lambda scale: scale.name,
            "D dorian",
            f"Write a note and one of {', '.join(SCALES)}.",
            choices=tuple(Scale(root, kind).name for kind in SCALES for root in range(OCTAVE)),
        ),
    ),
    Rule(
        "chords",
        "Notes of the chords",
        in_chords.__doc__ or "",
        in_chords,
        judges="notes",
        argument=Argument(
            "chords",
            "chords",
            progression_named,
            lambda chords: " ".join(chord.name for chord in chords),
            "C Am F G",
            f"Write one chord for each bar: a note, then nothing or {', '.join(list(KINDS)[1:])}.",
        ),
        threshold=0.8,
    ),
    Rule(
        "avoid",
        "Notes to avoid",
        avoiding.__doc__ or "",
        avoiding,
        judges="notes",
        argument=Argument("notes", "notes", pitch_classes, _written, "F,B", _NOTES_HELP),
    ),
    Rule(
        "start",
        "First note",
        starts_on.__doc__ or "",
        starts_on,
        hears=("pitched", "lead"),
        argument=Argument("notes", "notes", pitch_classes, _written, "C", _NOTES_HELP),
    ),
    Rule(
        "end",
        "Last note",
        ends_on.__doc__ or "",
        ends_on,
        hears=("pitched", "lead"),
        argument=Argument("notes", "notes", pitch_classes, _written, "C", _NOTES_HELP),
    ),
)
