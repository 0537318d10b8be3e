"""What a synthesiser needs of a ``NoteSequence``: notes, gestures and voices on channels.

Conventions: times are seconds; pitches, velocities, programs and controls are MIDI's. A *voice*
is one sound on one channel. Channels come in groups of sixteen, as many as the music needs, and
the tenth of each group (9, 25, …) plays drums, as in General MIDI; so a piece with more than
fifteen pitched instruments keeps them all.

Two notes of the same pitch cannot sound on one channel at once: the earlier one ends where the
later one begins, and of two that begin together one remains, as loud and as long as the greater.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from midime_engine.synthesis.limits import MIN_NOTE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from note_seq import NoteSequence

__all__ = ["PITCH_BEND", "Event", "EventKind", "Gesture", "PlayedNote", "Score", "Voice", "events"]

PITCH_BEND: Final = -1
"""The ``control`` of a :class:`Gesture` that bends the pitch instead of turning a controller."""

_GROUP: Final = 16
_DRUM_CHANNEL: Final = 9
_MAX_GROUPS: Final = 16  # FluidSynth has at most 256 channels.
_MAX_PITCHED: Final = (_GROUP - 1) * _MAX_GROUPS

# Modulation, volume, pan, expression, sustain, reverb and chorus. Bank selection and the like
# would change which sound plays behind our back.
_CONTROLS: Final = frozenset({1, 7, 10, 11, 64, 91, 93})


class Voice(NamedTuple):
    """One sound on one channel."""

    channel: int
    program: int
    is_drum: bool


class PlayedNote(NamedTuple):
    """A note that will be heard."""

    start: float
    end: float
    channel: int
    pitch: int
    velocity: int


class Gesture(NamedTuple):
    """A controller turned, or the pitch bent, at one moment."""

    seconds: float
    channel: int
    control: int
    value: int


class EventKind:
    """Order of what happens at the same moment: ends first, so that repeated notes repeat."""

    NOTE_OFF: Final = 0
    GESTURE: Final = 1
    NOTE_ON: Final = 2


class Event(NamedTuple):
    """One message to a synthesiser; tuples sort in the order of playing."""

    seconds: float
    kind: int
    channel: int
    number: int
    """Pitch or control."""

    value: int
    """Velocity, or the value of the control; 0 for the end of a note."""


@dataclass(frozen=True, slots=True)
class Score:
    """Everything that will be heard, by channel."""

    voices: tuple[Voice, ...]
    notes: tuple[PlayedNote, ...]
    """In order of their start."""

    gestures: tuple[Gesture, ...]
    seconds: float
    """Where the music ends, without the tail."""

    @classmethod
    def of(cls, sequence: NoteSequence, *, first_seconds: float | None = None) -> Score:
        """Take the score of ``sequence``, or only of its ``first_seconds``."""
        ends = max((note.end_time for note in sequence.notes), default=0.0)
        seconds = max(float(sequence.total_time), ends)
        if first_seconds is not None:
            seconds = min(seconds, first_seconds)
        if not math.isfinite(seconds) or seconds < 0:
            raise ValueError(f"A sequence must end at a finite time; this one ends at {seconds}.")
        heard = [n for n in sequence.notes if n.velocity > 0 and n.start_time < seconds]
        voices = _assign_channels(heard)
        return cls(
            voices=tuple(voices.values()),
            notes=_notes(heard, voices, until=seconds),
            gestures=_gestures(sequence, voices, until=seconds),
            seconds=seconds,
        )

    @property
    def n_channels(self) -> int:
        """Channels needed: the next multiple of sixteen."""
        highest = max((voice.channel for voice in self.voices), default=0)
        return _GROUP * (highest // _GROUP + 1)

    def group(self, number: int) -> Score:
        """Only the channels of group ``number``, renumbered from 0, for synths with sixteen."""
        first = number * _GROUP
        inside = range(first, first + _GROUP)
        return Score(
            tuple(
                v._replace(channel=v.channel - first) for v in self.voices if v.channel in inside
            ),
            tuple(n._replace(channel=n.channel - first) for n in self.notes if n.channel in inside),
            tuple(
                g._replace(channel=g.channel - first) for g in self.gestures if g.channel in inside
            ),
            self.seconds,
        )


def events(score: Score) -> list[Event]:
    """Return the messages of ``score`` in the order of playing."""
    on = [Event(n.start, EventKind.NOTE_ON, n.channel, n.pitch, n.velocity) for n in score.notes]
    off = [Event(n.end, EventKind.NOTE_OFF, n.channel, n.pitch, 0) for n in score.notes]
    turned = [
        Event(g.seconds, EventKind.GESTURE, g.channel, g.control, g.value) for g in score.gestures
    ]
    return sorted(on + off + turned)


_VoiceKey = tuple[int, int, bool]


def _key(item: Any, *, merged: bool) -> _VoiceKey:
    """Identify the voice of a note or gesture; ``merged`` shares it between instruments."""
    return (0 if merged else item.instrument, item.program, item.is_drum)


class _Voices(dict[_VoiceKey, Voice]):
    """Voices by instrument, program and whether they are drums."""

    merged = False

    def of(self, item: Any) -> Voice | None:
        """Return the voice that plays ``item``, a note or gesture of a ``NoteSequence``."""
        return self.get(_key(item, merged=self.merged))


def _assign_channels(notes: Iterable[Any]) -> _Voices:
    notes = list(notes)
    voices = _Voices()
    keys = dict.fromkeys(_key(note, merged=False) for note in notes)
    drum_keys = [key for key in keys if key[2]]
    if len(keys) - len(drum_keys) > _MAX_PITCHED or len(drum_keys) > _MAX_GROUPS:
        voices.merged = True
        keys = dict.fromkeys(_key(note, merged=True) for note in notes)
    pitched = (c for c in range(_GROUP * _MAX_GROUPS) if c % _GROUP != _DRUM_CHANNEL)
    n_kits = 0
    for key in sorted(keys):
        _, program, is_drum = key
        if is_drum:
            # More kits than channels for them: the last channel plays the rest.
            channel = _DRUM_CHANNEL + _GROUP * min(n_kits, _MAX_GROUPS - 1)
            n_kits += 1
        else:
            channel = next(pitched)
        voices[key] = Voice(channel, program, is_drum)
    return voices


def _notes(notes: Iterable[Any], voices: _Voices, *, until: float) -> tuple[PlayedNote, ...]:
    placed: list[PlayedNote] = []
    latest: dict[tuple[int, int], int] = {}
    for note in sorted(notes, key=lambda n: (n.start_time, n.pitch, n.end_time)):
        voice = voices.of(note)
        if voice is None:  # pragma: no cover - every heard note has been given a voice
            continue
        start = max(0.0, note.start_time)
        end = min(max(note.end_time, start + MIN_NOTE_SECONDS), max(until, start))
        new = PlayedNote(start, end, voice.channel, note.pitch, min(note.velocity, 127))
        place = (voice.channel, note.pitch)
        if place in latest:
            old = placed[latest[place]]
            if old.start == new.start:
                placed[latest[place]] = old._replace(
                    end=max(old.end, new.end), velocity=max(old.velocity, new.velocity)
                )
                continue
            placed[latest[place]] = old._replace(end=min(old.end, new.start))
        latest[place] = len(placed)
        placed.append(new)
    return tuple(placed)


def _gestures(sequence: NoteSequence, voices: _Voices, *, until: float) -> tuple[Gesture, ...]:
    found = []
    for change in sequence.control_changes:
        voice = voices.of(change)
        if voice and change.control_number in _CONTROLS and change.time <= until:
            value = min(max(change.control_value, 0), 127)
            found.append(
                Gesture(max(0.0, change.time), voice.channel, change.control_number, value)
            )
    for bend in sequence.pitch_bends:
        voice = voices.of(bend)
        if voice and bend.time <= until:
            value = min(max(bend.bend, -8192), 8191)
            found.append(Gesture(max(0.0, bend.time), voice.channel, PITCH_BEND, value))
    return tuple(found)
