"""The staves of a piece: who plays, in which clef, and bar by bar what is written.

Reads the sixteenth grid. Notes that begin together are one chord; a later onset ends it, as the
models have it. A drum is written until the next one, but not beyond its beat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from midime_engine.converters.notes import Notes
from midime_engine.errors import OptionError
from midime_engine.music.general_midi import PROGRAM_NAMES
from midime_engine.music.metre import Bar, bars
from midime_engine.notation.keys import C_MAJOR, Key, estimate
from midime_engine.notation.values import beat_length, split

if TYPE_CHECKING:
    from collections.abc import Sequence

    from note_seq import NoteSequence

__all__ = ["Event", "Measure", "Staff", "key_of", "staves_of"]

_DRUM_PROGRAM: Final = 0
_FINEST: Final = 16
"""Denominator of the shortest beat that falls on the grid."""


class Event(NamedTuple):
    """What is written at one place: notes, or a rest if there are none."""

    start: int
    """Steps since the bar line."""

    length: int
    """Steps; a note value."""

    pitches: tuple[int, ...]
    """MIDI pitches, the lowest first."""

    velocity: int
    is_tied_back: bool
    """It goes on from the event before."""

    is_tied_on: bool


class Measure(NamedTuple):
    """One bar of one staff."""

    bar: Bar
    events: tuple[Event, ...]
    beat: int
    """Steps from one beat to the next."""


@dataclass(frozen=True, slots=True)
class Staff:
    """One instrument."""

    name: str
    program: int
    is_drums: bool
    key: Key
    measures: tuple[Measure, ...]

    @property
    def pitches(self) -> tuple[int, ...]:
        """All pitches, one for each event that plays them."""
        return tuple(
            p for measure in self.measures for event in measure.events for p in event.pitches
        )


def key_of(sequences: Sequence[NoteSequence]) -> Key:
    """The key in which pieces of the same music are written; drums do not count."""
    heard: list[tuple[int, int]] = []
    for sequence in sequences:
        notes = Notes.of(sequence)
        pitched = notes.where(~notes.is_drum)
        lengths = pitched.end - pitched.start
        heard += zip(pitched.pitch.tolist(), lengths.tolist(), strict=True)
    return estimate(heard)


def staves_of(sequence: NoteSequence, *, key: Key | None = None) -> tuple[Staff, ...]:
    """The staves of ``sequence``, in the order of its instruments, drums last.

    Args:
        sequence: Music; what is off the grid of sixteenths moves onto it.
        key: In which it is written; None takes it from the notes themselves.

    Raises:
        OptionError: Its metre cannot be written on that grid.
    """
    notes = Notes.of(sequence)
    n_steps = max([int(sequence.total_quantized_steps), *notes.end.tolist(), 1])
    all_bars = bars(sequence, n_steps=n_steps)
    _require_writable(all_bars)
    key = key or key_of([sequence])
    names = {info.instrument: info.name for info in sequence.instrument_infos}
    staves = []
    players = sorted(
        {(bool(d), int(i)) for d, i in zip(notes.is_drum, notes.instrument, strict=True)}
    )
    for is_drums, instrument in players or [(False, 0)]:
        mine = notes.where((notes.is_drum == is_drums) & (notes.instrument == instrument))
        program = int(mine.program[0]) if len(mine) else _DRUM_PROGRAM
        played = "Drums" if is_drums else PROGRAM_NAMES[program]
        staves.append(
            Staff(
                name=(names.get(instrument) or played).capitalize(),
                program=program,
                is_drums=is_drums,
                key=C_MAJOR if is_drums else key,
                measures=_measures(mine, all_bars, is_drums=is_drums),
            )
        )
    return tuple(staves)


class _Chord(NamedTuple):
    start: int
    end: int
    pitches: tuple[int, ...]
    velocity: int


def _measures(notes: Notes, all_bars: tuple[Bar, ...], *, is_drums: bool) -> tuple[Measure, ...]:
    chords = _chords(notes, until=all_bars[-1].start + all_bars[-1].length if is_drums else None)
    measures = []
    for bar in all_bars:
        beat = beat_length(*bar.metre)
        events: list[Event] = []
        now, end = bar.start, bar.start + bar.length
        for chord in chords:
            begin, stop = max(chord.start, bar.start), min(chord.end, end)
            if is_drums:
                begin, stop = (
                    chord.start,
                    min(stop, _end_of_beat(chord.start - bar.start, beat, bar)),
                )
            if begin >= stop or not bar.start <= begin < end:
                continue
            events += _rests(now - bar.start, begin - now, beat, bar)
            events += _pieces(chord, begin, stop, beat=beat, bar=bar, is_drums=is_drums)
            now = stop
        events += _rests(now - bar.start, end - now, beat, bar)
        measures.append(Measure(bar, tuple(events), beat))
    return tuple(measures)


def _end_of_beat(place: int, beat: int, bar: Bar) -> int:
    return bar.start + min(bar.length, (place // beat + 1) * beat)


def _chords(notes: Notes, *, until: int | None) -> list[_Chord]:
    """Notes that begin together, each until its longest note ends or the next one begins.

    With ``until`` the ends of notes say nothing: the last one lasts until there.
    """
    starts = sorted(set(notes.start.tolist()))
    chords = []
    for start, following in zip(starts, [*starts, until][1:], strict=True):
        here = notes.where(notes.start == start)
        ends = [] if until is not None else [int(here.end.max())]
        chords.append(
            _Chord(
                start=start,
                end=min([*ends, *([] if following is None else [following])]),
                pitches=tuple(sorted(set(here.pitch.tolist()))),
                velocity=int(here.velocity.max()),
            )
        )
    return chords


def _pieces(
    chord: _Chord, begin: int, stop: int, *, beat: int, bar: Bar, is_drums: bool
) -> list[Event]:
    lengths = split(begin - bar.start, stop - begin, beat=beat)
    if is_drums:
        lengths = lengths[:1]  # A struck drum is not held; what is left is silence.
    events = []
    for length in lengths:
        events.append(
            Event(
                start=begin - bar.start,
                length=length,
                pitches=chord.pitches,
                velocity=chord.velocity,
                is_tied_back=not is_drums and begin > chord.start,
                is_tied_on=not is_drums and begin + length < chord.end,
            )
        )
        begin += length
    if is_drums:
        events += _rests(begin - bar.start, stop - begin, beat, bar)
    return events


def _rests(start: int, length: int, beat: int, bar: Bar) -> list[Event]:
    if start == 0 and length == bar.length:
        return [Event(0, length, (), 0, is_tied_back=False, is_tied_on=False)]
    events = []
    while length > 0:
        # Rests never hide a beat: each is within one, or whole ones.
        to_next = beat - start % beat
        room = length if start % beat == 0 and length >= beat else min(length, to_next)
        whole = room // beat * beat if room >= beat else room
        piece = split(start, min(whole, beat if start % beat else whole), beat=beat)[0]
        events.append(Event(start, piece, (), 0, is_tied_back=False, is_tied_on=False))
        start, length = start + piece, length - piece
    return events


def _require_writable(all_bars: tuple[Bar, ...]) -> None:
    for bar in all_bars:
        numerator, denominator = bar.metre
        if denominator > _FINEST:
            raise OptionError(
                f"A piece in {numerator}/{denominator} cannot be written in sixteenths.",
                remedy="Take the MIDI file and open it in a notation program.",
            )
