"""``NoteSequence``s stated as tuples."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from note_seq import NoteSequence

__all__ = ["add", "sequence"]


def sequence(
    notes: Iterable[tuple[float, float, int]] = (),
    *,
    velocity: int = 90,
    program: int = 0,
    instrument: int = 0,
    is_drum: bool = False,
    total_time: float | None = None,
) -> NoteSequence:
    """Build a sequence of one instrument; notes are (start, end, pitch), in seconds."""
    from note_seq import NoteSequence

    built = NoteSequence()
    add(built, notes, velocity=velocity, program=program, instrument=instrument, is_drum=is_drum)
    if total_time is not None:
        built.total_time = total_time
    return built


def add(
    to: NoteSequence,
    notes: Iterable[tuple[float, float, int]],
    *,
    velocity: int = 90,
    program: int = 0,
    instrument: int = 0,
    is_drum: bool = False,
) -> None:
    """Add an instrument's notes to a sequence."""
    for start, end, pitch in notes:
        to.notes.add(
            start_time=start,
            end_time=end,
            pitch=pitch,
            velocity=velocity,
            program=program,
            instrument=instrument,
            is_drum=is_drum,
        )
        to.total_time = max(to.total_time, end)
