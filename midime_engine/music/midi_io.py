"""MIDI bytes to a :class:`Song`, and a NoteSequence to MIDI bytes.

Reading checks first and builds after. An *instrument* of the sequence is one channel of one
track, in order of appearance; all notes on General MIDI's drum channel are one drum kit, however
many tracks they are spread over. Program changes stay with the notes.

The other direction, :func:`write_midi`, stands in :mod:`midime_engine.music.midi_writer`.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, TypeVar

import numpy as np

from midime_engine.errors import MidiReadError
from midime_engine.music.limits import MAX_INSTRUMENTS, MAX_QUARTERS, MAX_SECONDS
from midime_engine.music.midi_events import DRUM_CHANNEL, MidiEvents, read_events
from midime_engine.music.midi_writer import write_midi
from midime_engine.music.sequences import note_sequence
from midime_engine.music.song import Song
from midime_engine.music.tempo_map import DEFAULT_QPM

if TYPE_CHECKING:
    import numpy.typing as npt
    from note_seq import NoteSequence

__all__ = ["read_midi", "write_midi"]

_MICROSECONDS_PER_MINUTE: Final = 60_000_000
_ANY_TRACK: Final = -1
_Entry = TypeVar("_Entry", tuple[int, int, int], tuple[int, int, bool])


def read_midi(data: bytes, *, name: str) -> Song:
    """Read a ``.mid`` file.

    Args:
        data: its bytes; up to 5 MB, 50,000 notes and 20 minutes.
        name: its name, used in messages and as the song's name; folders are cut off.

    Raises:
        MidiReadError: if it is no MIDI file, damaged, empty of notes, or over a limit.
    """
    name = PurePath(name.replace("\\", "/")).name or "The file"
    events = read_events(data, name=name)
    if not events.notes:
        raise MidiReadError(
            f"{name} holds no notes.", remedy="Choose a file with music in it, not an empty track."
        )
    clock = _clock(events)
    _check_length(events, clock, name)
    instruments = _instruments(events)
    if len(instruments) > MAX_INSTRUMENTS:
        raise MidiReadError(
            f"{name} has {len(instruments):,} instruments; up to {MAX_INSTRUMENTS} are read.",
            remedy="Delete the tracks that are not needed and export the song again.",
        )
    return Song(
        name=name,
        sequence=_sequence(events, clock, instruments),
        sha256=hashlib.sha256(data).hexdigest(),
        n_unended=events.n_unended,
        n_ignored=events.n_ignored,
    )


class _Clock:
    """Ticks to seconds."""

    def __init__(self, ticks: list[int], microseconds: list[int], ticks_per_quarter: int) -> None:
        self.ticks = np.array(ticks, np.float64)
        self.seconds_per_tick = np.array(microseconds, np.float64) / 1e6 / ticks_per_quarter
        passed = np.cumsum(np.diff(self.ticks) * self.seconds_per_tick[:-1])
        self.starts = np.concatenate([[0.0], passed])

    def seconds(self, ticks: list[int]) -> npt.NDArray[np.float64]:
        """Seconds at each of ``ticks``."""
        at = np.array(ticks, np.float64)
        i = np.searchsorted(self.ticks, at, side="right") - 1
        seconds = self.starts[i] + (at - self.ticks[i]) * self.seconds_per_tick[i]
        return np.asarray(seconds, np.float64)


def _clock(events: MidiEvents) -> _Clock:
    tempos = {0: _MICROSECONDS_PER_MINUTE / DEFAULT_QPM}
    tempos.update(sorted(events.tempos, key=lambda tempo: tempo[0]))
    return _Clock(list(tempos), [int(tempo) for tempo in tempos.values()], events.ticks_per_quarter)


def _check_length(events: MidiEvents, clock: _Clock, name: str) -> None:
    last = max(note.end for note in events.notes)
    seconds = float(clock.seconds([last])[0])
    if seconds > MAX_SECONDS:
        raise MidiReadError(
            f"{name} claims to last {seconds / 60:,.0f} minutes; up to {MAX_SECONDS // 60} "
            f"minutes are read.",
            remedy="Cut the song into shorter files, or delete a stray note at its far end.",
        )
    if last > MAX_QUARTERS * events.ticks_per_quarter:
        quarters = last // events.ticks_per_quarter
        raise MidiReadError(
            f"{name} claims to hold {quarters:,} beats; up to {MAX_QUARTERS:,} are read.",
            remedy="Cut the song into shorter files, or delete a stray note at its far end.",
        )


def _sequence(
    events: MidiEvents, clock: _Clock, instruments: dict[tuple[int, int], int]
) -> NoteSequence:
    kind = note_sequence()
    sequence = kind()
    sequence.ticks_per_quarter = events.ticks_per_quarter
    sequence.source_info.encoding_type = kind.SourceInfo.MIDI
    last = max(note.end for note in events.notes)
    _add_tempo_and_metre(sequence, events, clock, last)
    for key, instrument in instruments.items():
        label = _label(events, key)
        if label:
            sequence.instrument_infos.add(instrument=instrument, name=label)
    notes = sorted(events.notes, key=lambda note: note.start)
    starts = clock.seconds([note.start for note in notes]).tolist()
    ends = clock.seconds([note.end for note in notes]).tolist()
    for note, start, end in zip(notes, starts, ends, strict=True):
        sequence.notes.add(
            pitch=note.pitch,
            velocity=note.velocity,
            start_time=start,
            end_time=end,
            instrument=instruments[_instrument_key(note.track, note.channel)],
            program=note.program,
            is_drum=note.channel == DRUM_CHANNEL,
        )
    sequence.total_time = max(ends)
    _add_controls(sequence, events, clock, instruments)
    return sequence


def _instrument_key(track: int, channel: int) -> tuple[int, int]:
    return (_ANY_TRACK if channel == DRUM_CHANNEL else track, channel)


def _instruments(events: MidiEvents) -> dict[tuple[int, int], int]:
    """Number of each instrument that plays, by track and channel."""
    numbers: dict[tuple[int, int], int] = {}
    for note in events.notes:
        numbers.setdefault(_instrument_key(note.track, note.channel), len(numbers))
    return numbers


def _label(events: MidiEvents, key: tuple[int, int]) -> str:
    track, channel = key
    if channel != DRUM_CHANNEL:
        return events.track_names.get(track, "")
    tracks = dict.fromkeys(note.track for note in events.notes if note.channel == DRUM_CHANNEL)
    names = dict.fromkeys(events.track_names.get(track, "") for track in tracks)
    return next(iter(names)) if len(names) == 1 else f"Drums ({len(tracks)} tracks)"


def _add_tempo_and_metre(
    sequence: NoteSequence, events: MidiEvents, clock: _Clock, last: int
) -> None:
    """Copy what holds while notes play; what follows the last note means nothing."""
    qpms = (60.0 / (clock.seconds_per_tick * events.ticks_per_quarter)).tolist()
    previous = None
    for tick, time, qpm in zip(clock.ticks.tolist(), clock.starts.tolist(), qpms, strict=True):
        if tick < max(last, 1) and qpm != previous:
            sequence.tempos.add(time=time, qpm=qpm)
            previous = qpm
    metres = _before(events.metres, last)
    times = clock.seconds([tick for tick, _, _ in metres]).tolist()
    for time, (_, numerator, denominator) in zip(times, metres, strict=True):
        sequence.time_signatures.add(time=time, numerator=numerator, denominator=denominator)
    keys = _before(events.keys, last)
    times = clock.seconds([tick for tick, _, _ in keys]).tolist()
    for time, (_, sharps, minor) in zip(times, keys, strict=True):
        tonic = (sharps * 7 + (9 if minor else 0)) % 12
        sequence.key_signatures.add(time=time, key=tonic, mode=int(minor))


def _before(entries: list[_Entry], last: int) -> list[_Entry]:
    """Those of ``entries`` (tick first) that hold before ``last``, in order of time."""
    return sorted((e for e in entries if e[0] < max(last, 1)), key=lambda entry: entry[0])


def _add_controls(
    sequence: NoteSequence,
    events: MidiEvents,
    clock: _Clock,
    instruments: dict[tuple[int, int], int],
) -> None:
    """Pedal, volume and bends of the instruments that play."""
    times = clock.seconds([event.tick for event in events.controls]).tolist()
    for time, event in zip(times, events.controls, strict=True):
        instrument = instruments.get(_instrument_key(event.track, event.channel))
        if instrument is not None:
            sequence.control_changes.add(
                time=time,
                control_number=event.value[0],
                control_value=event.value[1],
                instrument=instrument,
                is_drum=event.channel == DRUM_CHANNEL,
            )
    times = clock.seconds([event.tick for event in events.bends]).tolist()
    for time, event in zip(times, events.bends, strict=True):
        instrument = instruments.get(_instrument_key(event.track, event.channel))
        if instrument is not None:
            sequence.pitch_bends.add(
                time=time,
                bend=event.value[0],
                instrument=instrument,
                is_drum=event.channel == DRUM_CHANNEL,
            )
