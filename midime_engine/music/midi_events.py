"""The Standard MIDI File format: bytes to events in ticks, checked as they are read.

One pass over the bytes in plain Python, so that size, number and time of everything are known to
be sane before note-seq, pretty_midi or a synthesiser sees any of it. Every malformed file ends in
:class:`MidiReadError`. Source: "Standard MIDI Files 1.0", MIDI Manufacturers Association.

Note offs end the oldest note that sounds on the same channel and pitch, so a note struck again
while held keeps its own length.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from midime_engine.errors import MidiReadError
from midime_engine.music.limits import (
    MAX_DENOMINATOR,
    MAX_EVENTS,
    MAX_FILE_BYTES,
    MAX_NOTES,
    MAX_TEMPOS,
)

__all__ = ["DRUM_CHANNEL", "Event", "MidiEvents", "NoteEvent", "read_events"]

DRUM_CHANNEL: Final = 9
"""Counted from 0: General MIDI's channel 10."""

_HEADER_BYTES: Final = 14
_CHUNK_HEADER_BYTES: Final = 8
_MAX_SHARPS: Final = 7
_SMPTE_BIT: Final = 0x8000
_NOTE_OFF, _NOTE_ON, _CONTROL, _PROGRAM, _BEND = 0x80, 0x90, 0xB0, 0xC0, 0xE0
_SYSEX, _SYSEX_MORE, _META, _STATUS = 0xF0, 0xF7, 0xFF, 0x80
_NAME, _INSTRUMENT_NAME, _END, _TEMPO, _METRE, _KEY = 0x03, 0x04, 0x2F, 0x51, 0x58, 0x59
_DATA_BYTES: Final = {0x80: 2, 0x90: 2, 0xA0: 2, 0xB0: 2, 0xC0: 1, 0xD0: 1, 0xE0: 2}
_SYSTEM_DATA_BYTES: Final = {0xF1: 1, 0xF2: 2, 0xF3: 1}
_KEPT_CONTROLS: Final = frozenset({1, 7, 10, 11, 64})
"""Modulation, volume, pan, expression, sustain pedal: what changes how the source sounds."""

_EXPORT_AGAIN: Final = "Open the file in a music program and export it as MIDI again."


class NoteEvent(NamedTuple):
    """A note in ticks."""

    start: int
    end: int
    pitch: int
    velocity: int
    track: int
    channel: int
    program: int


class Event(NamedTuple):
    """Anything else with a time: ``value`` depends on the list it stands in."""

    tick: int
    track: int
    channel: int
    value: tuple[int, ...]


@dataclass(slots=True)
class MidiEvents:
    """What a file says, in ticks."""

    ticks_per_quarter: int
    notes: list[NoteEvent] = field(default_factory=list)
    tempos: list[tuple[int, int]] = field(default_factory=list)
    """Tick and microseconds per quarter note."""

    metres: list[tuple[int, int, int]] = field(default_factory=list)
    """Tick, numerator and denominator."""

    keys: list[tuple[int, int, bool]] = field(default_factory=list)
    """Tick, sharps (flats negative), minor."""

    controls: list[Event] = field(default_factory=list)
    """``value`` is number and value of the controllers that we keep."""

    bends: list[Event] = field(default_factory=list)
    """``value`` is the bend, -8192..8191."""

    programs: list[Event] = field(default_factory=list)
    track_names: dict[int, str] = field(default_factory=dict)
    n_unended: int = 0
    """Notes that no note off ends; they end with their track."""

    n_ignored: int = 0
    """Tempos and time signatures that mean nothing (0 beats, 0 microseconds)."""


def read_events(data: bytes, *, name: str) -> MidiEvents:
    """Read a Standard MIDI File of format 0 or 1.

    Args:
        data: the whole file.
        name: what to call it in messages.

    Raises:
        MidiReadError: if it is no MIDI file, damaged, timed by SMPTE frames, or over a limit.
    """
    _check_size(data, name)
    n_tracks, ticks_per_quarter = _read_header(data, name)
    events = MidiEvents(ticks_per_quarter)
    reader = _Reader(data, name, events)
    position = _CHUNK_HEADER_BYTES + int.from_bytes(data[4:8], "big")
    track = 0
    while track < n_tracks:
        kind, end = _read_chunk_header(data, position, name)
        if kind == b"MTrk":
            reader.read_track(track, position + _CHUNK_HEADER_BYTES, end)
            track += 1
        position = end
    _fill_programs(events)
    return events


def _check_size(data: bytes, name: str) -> None:
    if len(data) > MAX_FILE_BYTES:
        raise MidiReadError(
            f"{name} has {len(data) / 1e6:.1f} MB; up to {MAX_FILE_BYTES / 1e6:.0f} MB are read.",
            remedy="Choose a shorter piece; a MIDI file of a whole song has under 0.5 MB.",
        )
    if not data.startswith(b"MThd"):
        what = "is empty" if not data else "is not a MIDI file"
        raise MidiReadError(
            f"{name} {what}.",
            remedy="Choose a file that ends in .mid or .midi; audio such as MP3 cannot be read.",
        )


def _read_header(data: bytes, name: str) -> tuple[int, int]:
    if len(data) < _HEADER_BYTES or int.from_bytes(data[4:8], "big") < 6:  # noqa: PLR2004 - spec
        raise _damaged(name, "its header is cut off")
    kind, n_tracks, division = (int.from_bytes(data[i : i + 2], "big") for i in (8, 10, 12))
    if kind > 2 or (kind == 2 and n_tracks > 1):  # noqa: PLR2004 - formats 0, 1, 2
        raise MidiReadError(
            f"{name} is a MIDI file of format {kind}, which holds separate patterns, not a song.",
            remedy="Export the song as MIDI of type 0 or 1.",
        )
    if division & _SMPTE_BIT:
        raise MidiReadError(
            f"{name} counts time in film frames, so its beats are unknown.",
            remedy="Export the song as MIDI with a tempo (ticks per quarter note).",
        )
    if division == 0:
        raise _damaged(name, "it has 0 ticks per quarter note")
    if n_tracks == 0:
        raise _damaged(name, "it says that it has no tracks")
    return n_tracks, division


def _read_chunk_header(data: bytes, position: int, name: str) -> tuple[bytes, int]:
    if position + _CHUNK_HEADER_BYTES > len(data):
        raise _damaged(name, "it ends before its last track")
    length = int.from_bytes(data[position + 4 : position + 8], "big")
    end = position + _CHUNK_HEADER_BYTES + length
    if end > len(data):
        raise _damaged(name, "it ends in the middle of a track")
    return data[position : position + 4], end


def _damaged(name: str, why: str) -> MidiReadError:
    return MidiReadError(f"{name} is a damaged MIDI file: {why}.", remedy=_EXPORT_AGAIN)


class _Reader:
    """Reads one track after the other into the same events."""

    def __init__(self, data: bytes, name: str, events: MidiEvents) -> None:
        self.data = data
        self.name = name
        self.events = events
        self.n_events = 0
        # Started notes by channel and pitch; each is (start, velocity, program), oldest first.
        self.open: dict[int, deque[tuple[int, int, int]]] = {}
        self.program: list[int] = []

    def read_track(self, track: int, position: int, end: int) -> None:
        """Read the events in ``data[position:end]``."""
        self.open = {}
        self.program = [-1] * 16
        tick = status = 0
        data = self.data
        try:
            while position < end:
                delta = data[position]
                if delta < _STATUS:  # Nearly always one byte, and this loop is the hot one.
                    position += 1
                else:
                    delta, position = self._number(position, end)
                tick += delta
                byte = data[position]
                if byte >= _STATUS:
                    status, position = byte, position + 1
                self.n_events += 1
                if self.n_events > MAX_EVENTS:
                    raise self._too_many(f"more than {MAX_EVENTS:,} events")
                if status < _SYSEX:
                    position = self._channel_event(track, tick, status, position, end)
                elif status in {_SYSEX, _SYSEX_MORE, _META}:
                    kind, start, position = self._payload(status, position, end)
                    if kind == _END:
                        break
                    self._meta(track, tick, kind, data[start:position])
                else:
                    position += _SYSTEM_DATA_BYTES.get(status, 0)
        except IndexError:
            raise _damaged(self.name, "an event is cut off") from None
        self._end_open_notes(track, tick)

    def _number(self, position: int, end: int) -> tuple[int, int]:
        """A number of one to four bytes, seven bits each, and the position after it."""
        value = 0
        for i in range(position, min(position + 4, end)):
            byte = self.data[i]
            value = value << 7 | byte & 0x7F
            if byte < _STATUS:
                return value, i + 1
        raise _damaged(self.name, "a number is cut off or too long")

    def _payload(self, status: int, position: int, end: int) -> tuple[int, int, int]:
        """Kind (-1 unless it is a meta event), start and end of what an event carries."""
        kind = self.data[position] if status == _META else -1
        length, start = self._number(position + (status == _META), end)
        if start + length > end:
            raise _damaged(self.name, "an event is longer than its track")
        return kind, start, start + length

    def _channel_event(self, track: int, tick: int, status: int, position: int, end: int) -> int:
        kind, channel = status & 0xF0, status & 0x0F
        n_bytes = _DATA_BYTES.get(kind)
        if n_bytes is None:
            raise _damaged(self.name, "a track begins in the middle of an event")
        after = position + n_bytes
        if after > end:
            raise _damaged(self.name, "an event is cut off")
        first, second = self.data[position], self.data[after - 1]
        if first >= _STATUS or second >= _STATUS:
            raise _damaged(self.name, "an event holds a value above 127")
        if kind == _NOTE_ON and second > 0:
            self.open.setdefault(channel << 7 | first, deque()).append(
                (tick, second, self.program[channel])
            )
        elif kind in {_NOTE_ON, _NOTE_OFF}:
            started = self.open.get(channel << 7 | first)
            if started:
                self._add_note(track, channel << 7 | first, started.popleft(), tick)
        elif kind == _CONTROL and first in _KEPT_CONTROLS:
            self.events.controls.append(Event(tick, track, channel, (first, second)))
        elif kind == _PROGRAM:
            self.program[channel] = first
            self.events.programs.append(Event(tick, track, channel, (first,)))
        elif kind == _BEND:
            bend = (second << 7 | first) - 8192
            self.events.bends.append(Event(tick, track, channel, (bend,)))
        return after

    def _add_note(self, track: int, key: int, started: tuple[int, int, int], end: int) -> None:
        start, velocity, program = started
        notes = self.events.notes
        if len(notes) >= MAX_NOTES:
            raise self._too_many(f"more than {MAX_NOTES:,} notes")
        notes.append(NoteEvent(start, end, key & 0x7F, velocity, track, key >> 7, program))

    def _end_open_notes(self, track: int, tick: int) -> None:
        for key, started_notes in self.open.items():
            for started in started_notes:
                self._add_note(track, key, started, tick)
                self.events.n_unended += 1

    def _too_many(self, what: str) -> MidiReadError:
        return MidiReadError(
            f"{self.name} has {what}, too much for one song.",
            remedy="Choose a shorter piece, or delete tracks that are not needed.",
        )

    def _meta(self, track: int, tick: int, kind: int, payload: bytes) -> None:
        events = self.events
        if kind == _TEMPO and len(payload) == 3:  # noqa: PLR2004 - 24 bits
            microseconds = int.from_bytes(payload, "big")
            if len(events.tempos) >= MAX_TEMPOS:
                raise self._too_many(f"more than {MAX_TEMPOS:,} tempo changes")
            if microseconds:
                events.tempos.append((tick, microseconds))
            else:
                events.n_ignored += 1
        elif kind == _METRE and len(payload) >= 2:  # noqa: PLR2004 - numerator, log2(denominator)
            numerator, power = payload[0], payload[1]
            if numerator and power <= MAX_DENOMINATOR.bit_length() - 1:
                events.metres.append((tick, numerator, 1 << power))
            else:
                events.n_ignored += 1
        elif kind == _KEY and len(payload) == 2 and payload[1] <= 1:  # noqa: PLR2004 - sf, mi
            sharps = (payload[0] ^ 0x80) - 0x80
            if abs(sharps) <= _MAX_SHARPS:
                events.keys.append((tick, sharps, payload[1] == 1))
        elif kind == _NAME or (kind == _INSTRUMENT_NAME and track not in events.track_names):
            events.track_names.setdefault(track, _readable(payload))


_MAX_NAME_CHARACTERS: Final = 80


def _readable(payload: bytes) -> str:
    """A track name for people: whatever the encoding, without control characters."""
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError:
        text = payload.decode("latin-1")
    kept = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(kept.split())[:_MAX_NAME_CHARACTERS]


def _fill_programs(events: MidiEvents) -> None:
    """Notes whose own track names no program take the first that another track gives.

    Some sequencers write all program changes into the first track.
    """
    by_channel: dict[int, int] = {}
    for event in events.programs:
        by_channel.setdefault(event.channel, event.value[0])
    events.notes = [
        note if note.program >= 0 else note._replace(program=by_channel.get(note.channel, 0))
        for note in events.notes
    ]
