"""Rules about how much is played, and how long its notes are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast, get_args

import numpy as np

from midime_engine.attributes.arguments import Argument
from midime_engine.attributes.lengths import LENGTHS, Lengths, lengths_named
from midime_engine.attributes.lines import grid, lead, lead_role, share, sounding, steps_inside
from midime_engine.attributes.rule import Rule
from midime_engine.attributes.words import near
from midime_engine.converters.classes import Role
from midime_engine.errors import RuleError

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.attributes.passage import Passages

    Floats = npt.NDArray[np.float64]

__all__ = ["RULES", "density", "held", "note_lengths", "rests"]


def density(passages: Passages, role: Role | None = None) -> Floats:
    """Share of the sixteenths on which a note begins, in the lead or in the part that is named.

    1 when something begins on every sixteenth, 0 for silence; a chord or several drums at once
    count as one. A wish for at least t gives the reward min(1, notes / d) of Engel, Hoffman and
    Roberts ("Latent Constraints", 2017) with d = t times the number of sixteenths.
    """
    begun = grid(passages, role or lead_role(passages.parts))
    counts: Floats = begun.sum(axis=1) / passages.n_steps
    return counts


def rests(passages: Passages, _: None = None) -> Floats:
    """Share of the sixteenths on which the lead is silent between, before or after its notes.

    0 when it never stops, nearly 1 for a single short note. Silence throughout is 0 as well: it
    is no rest but nothing.
    """
    heard = sounding(passages, lead_role(passages.parts))
    silent = ~heard & steps_inside(passages)
    counts: Floats = silent.sum(axis=1) / passages.n_steps
    return np.where(heard.any(axis=1), counts, 0.0)


def note_lengths(passages: Passages, lengths: Lengths) -> Floats:
    """Share of the notes of the lead that last as long as is wished, both ends included.

    0 for silence. A note lasts until the next one of its part begins, until it is let go, or until
    the passage ends.
    """
    notes = lead(passages)
    duration = notes.end - notes.start
    fits = (duration >= lengths.shortest) & (duration <= lengths.longest)
    return share(notes.window, fits, len(passages))


def held(passages: Passages, _: None = None) -> Floats:
    """Share of the notes of the lead that are held until the next one begins (legato).

    The last note of the passage has to last until its end. 0 for silence.
    """
    notes = lead(passages)
    until = passages.n_steps[notes.window]
    same = notes.window[1:] == notes.window[:-1]
    until[:-1][same] = notes.start[1:][same]
    return share(notes.window, notes.end >= until, len(passages))


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
        hears=("lead",),
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
    Rule("rests", "Rests", rests.__doc__ or "", rests, hears=("pitched", "lead"), threshold=0.25),
    Rule(
        "length",
        "Note lengths",
        note_lengths.__doc__ or "",
        note_lengths,
        judges="notes",
        hears=("pitched", "lead"),
        argument=Argument(
            "length",
            "lengths",
            lengths_named,
            lambda lengths: lengths.name,
            "eighth",
            f"Write one of {', '.join(LENGTHS)}, a number of sixteenths, or two with a dash.",
            choices=tuple(LENGTHS),
        ),
        threshold=0.8,
    ),
    Rule(
        "legato", "Notes held", held.__doc__ or "", held, hears=("pitched", "lead"), threshold=0.9
    ),
)
