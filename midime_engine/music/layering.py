"""Pieces that sound at the same time, as one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from midime_engine.music.quantization import on_grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from note_seq import NoteSequence

    from midime_engine.music.playback import Playback

__all__ = ["together"]

_DRUMS: Final = 9
"""The number that a drum instrument keeps: General MIDI's channel of percussion, from 0."""


def together(sequences: Sequence[NoteSequence], playback: Playback) -> NoteSequence:
    """All ``sequences`` from the first step on, at the tempo of ``playback``.

    Every part keeps its sound and its name and becomes an instrument of its own; drums of several
    are one drum kit.
    """
    from note_seq import NoteSequence

    joined = NoteSequence()
    joined.ticks_per_quarter = 220
    joined.tempos.add(qpm=playback.qpm)
    joined.time_signatures.add(numerator=playback.numerator, denominator=playback.denominator)
    joined.quantization_info.steps_per_quarter = 4
    seconds = playback.seconds_per_step
    taken: set[int] = set()
    length = 0
    for sequence in sequences:
        piece = on_grid(sequence)
        names = {info.instrument: info.name for info in piece.instrument_infos}
        numbers: dict[tuple[int, bool], int] = {}
        for note in piece.notes:
            key = (note.instrument, note.is_drum)
            if key not in numbers:
                numbers[key] = _DRUMS if note.is_drum else _free(taken)
                if numbers[key] not in taken and note.instrument in names:
                    joined.instrument_infos.add(
                        instrument=numbers[key], name=names[note.instrument]
                    )
                taken.add(numbers[key])
            copy = joined.notes.add()
            copy.CopyFrom(note)
            copy.instrument = numbers[key]
            copy.start_time = copy.quantized_start_step * seconds
            copy.end_time = copy.quantized_end_step * seconds
        length = max(length, int(piece.total_quantized_steps))
    joined.total_quantized_steps = length
    joined.total_time = length * seconds
    return joined


def _free(taken: set[int]) -> int:
    return next(
        number for number in range(len(taken) + 2) if number != _DRUMS and number not in taken
    )
