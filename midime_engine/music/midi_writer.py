"""A NoteSequence to MIDI bytes that any program reads with the same tempo and instruments.

Every note stands on its own tick under the tempo map of the sequence. A first track holds tempo,
metre and key; each instrument follows in a track of its own, with its program written before its
first note, so nothing depends on a default. Notes without a velocity get one: velocity 0 means
"note off" in MIDI, and such files are silent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.music.midi_events import DRUM_CHANNEL
from midime_engine.music.tempo_map import DEFAULT_QPM, TempoMap

if TYPE_CHECKING:
    from note_seq import NoteSequence

__all__ = ["write_midi"]

_MICROSECONDS_PER_MINUTE: Final = 60_000_000
_MAX_TEMPO: Final = 2**24 - 1
"""Microseconds per quarter note that three bytes can say: 3.6 quarter notes per minute."""

_TICKS_PER_QUARTER: Final = 480
_MAX_TICKS_PER_QUARTER: Final = 2**15 - 1
_DEFAULT_VELOCITY: Final = 80
_PITCHED_CHANNELS: Final = tuple(c for c in range(16) if c != DRUM_CHANNEL)
_NOTE_OFF, _SETTING, _NOTE_ON = range(3)
"""Order of events on one tick: notes end, settings change, notes begin."""

_NAME, _END, _TEMPO, _METRE, _KEY = 0x03, 0x2F, 0x51, 0x58, 0x59
_CLICKS: Final = (24, 8)
"""MIDI clocks per click and 32nds per quarter note, as every program writes them."""

_BEND_CENTRE: Final = 8192

_KEY_SHARPS: Final = (0, -5, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5)
"""Sharps (flats negative) of the major keys on C, Db, D … B."""

_Timed = list[tuple[int, int, bytes]]
"""Tick, order on that tick, event without its time."""

_Key = tuple[int, bool]
"""An instrument: its number, and whether it is a drum kit."""


def write_midi(sequence: NoteSequence) -> bytes:
    """A Standard MIDI File of format 1 for ``sequence``.

    The silence up to ``sequence.total_time`` is kept as the length of the tracks. With more than
    fifteen pitched instruments, channels are shared and programs are written as they change.
    """
    per_quarter = min(sequence.ticks_per_quarter or _TICKS_PER_QUARTER, _MAX_TICKS_PER_QUARTER)
    clock = _Ticks(sequence, per_quarter)
    end = clock.at([sequence.total_time])[0]
    channels = _channels(sequence)
    names = {info.instrument: info.name for info in sequence.instrument_infos}
    events = _note_events(sequence, clock, channels)
    _add_control_events(events, sequence, clock, channels)
    tracks = [_track(_conductor(sequence, clock), end)]
    for (instrument, _), timed in events.items():
        name = _meta(_NAME, names.get(instrument, "").encode())
        tracks.append(_track([(0, _NOTE_OFF, name), *timed], end))
    header = b"".join(n.to_bytes(2, "big") for n in (1, len(tracks), per_quarter))
    return b"MThd" + len(header).to_bytes(4, "big") + header + b"".join(tracks)


class _Ticks:
    """Seconds to ticks under the tempos of a sequence."""

    def __init__(self, sequence: NoteSequence, ticks_per_quarter: int) -> None:
        self._ticks_per_quarter = ticks_per_quarter
        self._tempo_map = TempoMap.of(sequence)

    def at(self, seconds: list[float]) -> list[int]:
        """The tick nearest to each of ``seconds``."""
        quarters = self._tempo_map.quarters(np.array(seconds, np.float64))
        ticks: list[int] = np.rint(quarters * self._ticks_per_quarter).astype(np.int64).tolist()
        return ticks


def _conductor(sequence: NoteSequence, clock: _Ticks) -> _Timed:
    timed: _Timed = []
    tempos = [(float(tempo.time), float(tempo.qpm)) for tempo in sequence.tempos]
    if not any(time <= 0 for time, _ in tempos):
        tempos.insert(0, (0.0, DEFAULT_QPM))
    for time, qpm in tempos:
        microseconds = min(max(round(_MICROSECONDS_PER_MINUTE / qpm), 1), _MAX_TEMPO)
        event = _meta(_TEMPO, microseconds.to_bytes(3, "big"))
        timed.append((clock.at([time])[0], _SETTING, event))
    for metre in sequence.time_signatures:
        power = metre.denominator.bit_length() - 1
        event = _meta(_METRE, bytes([metre.numerator, power, *_CLICKS]))
        timed.append((clock.at([metre.time])[0], _SETTING, event))
    for key in sequence.key_signatures:
        is_minor = key.mode == key.MINOR
        sharps = _KEY_SHARPS[(key.key + 3 * is_minor) % 12]
        event = _meta(_KEY, sharps.to_bytes(1, "big", signed=True) + bytes([is_minor]))
        timed.append((clock.at([key.time])[0], _SETTING, event))
    return timed


def _channels(sequence: NoteSequence) -> dict[_Key, int]:
    """MIDI channel of each instrument that plays."""
    channels: dict[_Key, int] = {}
    n_pitched = 0
    for key in sorted({(note.instrument, note.is_drum) for note in sequence.notes}):
        if key[1]:
            channels[key] = DRUM_CHANNEL
        else:
            channels[key] = _PITCHED_CHANNELS[n_pitched % len(_PITCHED_CHANNELS)]
            n_pitched += 1
    return channels


def _note_events(
    sequence: NoteSequence, clock: _Ticks, channels: dict[_Key, int]
) -> dict[_Key, _Timed]:
    events: dict[_Key, _Timed] = {key: [] for key in channels}
    notes = sorted(sequence.notes, key=lambda note: float(note.start_time))
    starts = clock.at([note.start_time for note in notes])
    ends = clock.at([note.end_time for note in notes])
    programs: dict[int, int] = {}
    for note, start, end in zip(notes, starts, ends, strict=True):
        key = (note.instrument, note.is_drum)
        channel = channels[key]
        if programs.get(channel) != note.program:
            programs[channel] = note.program
            events[key].append((start, _SETTING, bytes([0xC0 | channel, note.program])))
        velocity = note.velocity or _DEFAULT_VELOCITY
        events[key].append((start, _NOTE_ON, bytes([0x90 | channel, note.pitch, velocity])))
        off = bytes([0x80 | channel, note.pitch, 0])
        events[key].append((max(end, start + 1), _NOTE_OFF, off))
    return events


def _add_control_events(
    events: dict[_Key, _Timed],
    sequence: NoteSequence,
    clock: _Ticks,
    channels: dict[_Key, int],
) -> None:
    ticks = clock.at([change.time for change in sequence.control_changes])
    for change, tick in zip(sequence.control_changes, ticks, strict=True):
        key = (change.instrument, change.is_drum)
        if key in channels:
            values = (change.control_number, change.control_value)
            events[key].append((tick, _SETTING, bytes([0xB0 | channels[key], *values])))
    ticks = clock.at([bend.time for bend in sequence.pitch_bends])
    for bend, tick in zip(sequence.pitch_bends, ticks, strict=True):
        key = (bend.instrument, bend.is_drum)
        if key in channels:
            high, low = divmod(bend.bend + _BEND_CENTRE, 128)
            events[key].append((tick, _SETTING, bytes([0xE0 | channels[key], low, high])))


def _track(timed: _Timed, end: int) -> bytes:
    """An ``MTrk`` chunk that lasts until ``end`` at least."""
    pieces: list[bytes] = []
    now = 0
    for tick, _, event in sorted(timed, key=lambda entry: entry[:2]):
        pieces += [_variable_length(tick - now), event]
        now = tick
    pieces += [_variable_length(max(0, end - now)), _meta(_END, b"")]
    body = b"".join(pieces)
    return b"MTrk" + len(body).to_bytes(4, "big") + body


def _meta(kind: int, payload: bytes) -> bytes:
    return bytes([0xFF, kind]) + _variable_length(len(payload)) + payload


def _variable_length(number: int) -> bytes:
    """Seven bits a byte, the highest first; all but the last have their top bit set."""
    groups = [number & 0x7F]
    while number := number >> 7:
        groups.append(number & 0x7F | 0x80)
    return bytes(reversed(groups))
