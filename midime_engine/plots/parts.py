"""Who plays what: the notes of a sequence, sorted into the parts that a figure tells apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from midime_engine.music.general_midi import PROGRAM_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from note_seq import NoteSequence

    from midime_engine.converters.classes import Role
    from midime_engine.plots.theme import Palette

__all__ = ["Part", "parts_of"]

_BASS_PROGRAMS: Final = range(32, 40)
_MAX_NAME: Final = 24
"""Letters of a name: what a legend on a phone has room for."""


@dataclass(frozen=True, slots=True)
class Part:
    """The notes of one instrument."""

    name: str
    colour: str
    is_drum: bool
    notes: tuple[Any, ...]
    places: tuple[int, ...]
    """Where each of them stands among the notes of the sequence."""


def parts_of(
    sequence: NoteSequence, colours: Palette, *, roles: Mapping[int, Role] | None = None
) -> tuple[Part, ...]:
    """Return the parts of ``sequence`` in the order of their instruments, drums last.

    A part takes the colour of its role. ``roles`` says which instrument plays which; the others
    then take colours of their own. Without it an instrument that is named after a role plays it;
    drums are drums; an instrument called bass, or a bass by its program, is bass; and the first
    other one is melody.
    """
    groups: dict[tuple[bool, int, int], list[tuple[int, Any]]] = {}
    for place, note in enumerate(sequence.notes):
        groups.setdefault((note.is_drum, note.instrument, note.program), []).append((place, note))
    given = {info.instrument: info.name.strip() for info in sequence.instrument_infos}
    found = _guessed_roles(sorted(groups), given) if roles is None else roles
    free = list(colours.others)
    parts: list[Part] = []
    for is_drum, instrument, program in sorted(groups):
        name = given.get(instrument) or _program_name(program, is_drum=is_drum)
        role = found.get(instrument)
        if role is None:
            colour = free.pop(0)
            free.append(colour)  # A big band has more instruments than there are colours.
        else:
            colour = colours.roles[role]
        places, notes = zip(*groups[is_drum, instrument, program], strict=True)
        parts.append(Part(_distinct(name, parts), colour, is_drum, notes, places))
    return tuple(parts)


def _guessed_roles(
    groups: list[tuple[bool, int, int]], names: Mapping[int, str]
) -> dict[int, Role]:
    """The role of each instrument that plays one, as far as can be told."""
    roles: dict[int, Role] = {}
    for is_drum, instrument, _ in groups:
        if is_drum:
            roles[instrument] = "drums"
        elif names.get(instrument) == "melody":
            roles[instrument] = "melody"
        elif names.get(instrument) == "bass":
            roles[instrument] = "bass"
    for is_drum, instrument, program in groups:
        if is_drum or instrument in roles:
            continue
        name = names.get(instrument) or PROGRAM_NAMES[program]
        is_bass = program in _BASS_PROGRAMS or "bass" in name.casefold()
        role: Role = "bass" if is_bass else "melody"
        if role not in roles.values():
            roles[instrument] = role
    return roles


def _program_name(program: int, *, is_drum: bool) -> str:
    return "drums" if is_drum else PROGRAM_NAMES[program]


def _distinct(name: str, parts: list[Part]) -> str:
    """Shorten ``name``, and number it if another part has it: a legend cannot show two alike."""
    names = {part.name for part in parts}
    short = name if len(name) <= _MAX_NAME else f"{name[: _MAX_NAME - 1].rstrip()}…"
    numbered, n = short, 1
    while numbered in names:
        n += 1
        numbered = f"{short} {n}"
    return numbered
