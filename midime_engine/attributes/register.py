"""Rules about how high the lead plays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from midime_engine.attributes.arguments import Argument
from midime_engine.attributes.lines import lead, share
from midime_engine.attributes.rule import Rule
from midime_engine.attributes.words import OCTAVE, pitch, pitch_name
from midime_engine.converters.classes import MAX_PITCH, MIN_PITCH
from midime_engine.errors import RuleError

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.attributes.passage import Passages

    Floats = npt.NDArray[np.float64]

__all__ = ["RULES", "PitchRange", "in_range", "near_register", "written_pitch"]

_ENDS: Final = re.compile(r"(.+?)\s*(?:-|\N{EN DASH}|\bto\b|\.\.)\s*(.+)")


class PitchRange(NamedTuple):
    """From the lowest to the highest pitch, both included."""

    lowest: int
    highest: int

    @property
    def name(self) -> str:
        """For example "C4-C6"."""
        return f"{written_pitch(self.lowest)}-{written_pitch(self.highest)}"

    @classmethod
    def named(cls, text: str) -> PitchRange:
        """The range that ``text`` names: "C4-C6", "60-84", "C4 to C6".

        Raises:
            RuleError: If it names none.
        """
        ends = _ENDS.fullmatch(text.strip())
        if not ends:
            raise RuleError(
                f"“{text.strip()}” is no range.",
                remedy="Write the lowest and the highest pitch with a dash: C4-C6 or 60-84.",
            )
        lowest, highest = pitch(ends[1]), pitch(ends[2])
        if lowest > highest:
            raise RuleError(
                f"{written_pitch(lowest)} is higher than {written_pitch(highest)}.",
                remedy=f"Write the lower one first: {cls(highest, lowest).name}.",
            )
        return cls(lowest, highest)


def written_pitch(number: int) -> str:
    """The name of a pitch; its number below C0, where an octave would begin with a dash."""
    return pitch_name(number) if number >= OCTAVE else str(number)


def in_range(passages: Passages, ends: PitchRange) -> Floats:
    """Share of the notes of the lead from the lowest to the highest pitch that are wished.

    Both ends are included. 0 for silence.
    """
    notes = lead(passages)
    inside = (notes.pitch >= ends.lowest) & (notes.pitch <= ends.highest)
    return share(notes.window, inside, len(passages))


def near_register(passages: Passages, centre: int) -> Floats:
    """How near the mean pitch of the lead is to a pitch: 1 there, 0 an octave away or further.

    It falls in a straight line between; each note counts once, however long. 0 for silence.
    """
    notes = lead(passages)
    distance = np.abs(share(notes.window, notes.pitch, len(passages)) - centre)
    return np.clip(1 - distance / OCTAVE, 0.0, 1.0)


RULES: Final = (
    Rule(
        "range",
        "Range",
        in_range.__doc__ or "",
        in_range,
        judges="notes",
        hears=("pitched", "lead"),
        argument=Argument(
            "range",
            "range",
            PitchRange.named,
            lambda ends: ends.name,
            "C4-C6",
            "Write the lowest and the highest pitch with a dash, as names or MIDI numbers.",
            lowest=MIN_PITCH,
            highest=MAX_PITCH,
        ),
    ),
    Rule(
        "register",
        "High or low",
        near_register.__doc__ or "",
        near_register,
        hears=("pitched", "lead"),
        argument=Argument(
            "pitch",
            "pitch",
            pitch,
            written_pitch,
            "C5",
            "Write the pitch about which the notes lie, as a name or a MIDI number.",
            lowest=MIN_PITCH,
            highest=MAX_PITCH,
        ),
        threshold=0.75,
    ),
)
