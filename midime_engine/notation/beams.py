"""Beams: which short notes are joined, so that the beat is seen."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midime_engine.notation.staves import Event

__all__ = ["beams_of"]

_QUARTER: Final = 4
"""Notes of so many steps and more have no flag, and a shorter beat joins no notes."""


def beams_of(events: Sequence[Event], *, beat: int) -> list[tuple[str, ...]]:
    """For each event its beams, the outermost first, in the words of MusicXML.

    Notes are joined within a beat, rests part them, and a note alone has flags instead.
    """
    window = max(beat, _QUARTER)

    def group(index: int) -> tuple[int, int]:
        """Equal for neighbours that are joined."""
        event = events[index]
        if not event.pitches or event.length >= _QUARTER:
            return (-1, index)
        n_rests = sum(not other.pitches for other in events[:index])
        return (event.start // window, n_rests)

    beams: list[tuple[str, ...]] = []
    for _, members in groupby(range(len(events)), key=group):
        levels = [_level(events[index]) for index in members]
        if len(levels) == 1:
            beams.append(())
            continue
        beams += [
            tuple(_word(levels, place, n) for n in range(1, levels[place] + 1))
            for place in range(len(levels))
        ]
    return beams


def _level(event: Event) -> int:
    return 2 if event.length == 1 else 1


def _word(levels: Sequence[int], place: int, n: int) -> str:
    """What beam ``n`` of the note at ``place`` does."""
    before = place > 0 and levels[place - 1] >= n
    after = place + 1 < len(levels) and levels[place + 1] >= n
    if before:
        return "continue" if after else "end"
    if after:
        return "begin"
    return "backward hook" if place > 0 else "forward hook"
