"""Songs written as a musician would dictate them, as MIDI bytes from another program's hand (mido).

``midi([track("C4 . E4 . G4 . . .")])`` is half a bar of sixteenths: a name strikes, ``.`` holds on
and ``off`` ends the note.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final

import mido

__all__ = ["Track", "midi", "pitch", "scale_song", "track"]

_PITCH_CLASSES: Final = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_TICKS_PER_STEP: Final = 120


@dataclass(frozen=True)
class Track:
    """One track: notes as (first step, end, pitch), and how it sounds."""

    notes: tuple[tuple[int, int, int], ...]
    name: str = ""
    program: int = 0
    channel: int = 0
    velocity: int = 90


def pitch(name: str) -> int:
    """MIDI pitch of a natural note or a sharp: ``pitch("C4")`` is 60, ``pitch("F#3")`` 54."""
    sharp = name[1] == "#"
    return 12 * (int(name[1 + sharp :]) + 1) + _PITCH_CLASSES[name[0]] + sharp


def track(
    text: str, *, name: str = "", program: int = 0, channel: int = 0, velocity: int = 90
) -> Track:
    """Read a melody, one word per sixteenth."""
    notes: list[tuple[int, int, int]] = []
    sounding: tuple[int, int] | None = None
    words = text.split()
    for step, word in enumerate([*words, "off"]):
        if word == ".":
            continue
        if sounding:
            notes.append((sounding[0], step, sounding[1]))
        sounding = None if word == "off" else (step, pitch(word))
    return Track(tuple(notes), name, program, channel, velocity)


def midi(
    tracks: list[Track], *, qpm: float = 120.0, numerator: int = 4, denominator: int = 4
) -> bytes:
    """The bytes of a MIDI file of these tracks."""
    file = mido.MidiFile(ticks_per_beat=4 * _TICKS_PER_STEP)
    head = mido.MidiTrack()
    head.append(mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(qpm)))
    head.append(mido.MetaMessage("time_signature", numerator=numerator, denominator=denominator))
    file.tracks.append(head)
    for one in tracks:
        file.tracks.append(_mido_track(one))
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def scale_song(n_bars: int = 8, *, qpm: float = 96.0) -> bytes:
    """A little song in C that never repeats a pair of bars, eight notes to the bar."""
    names = ["C4", "D4", "E4", "F4", "G4", "A4", "B4", "C5"]
    words = [f"{names[(i * (1 + i // 8) + i // 3) % 8]} ." for i in range(8 * n_bars)]
    return midi([track(" ".join(words), name="Melody", program=73)], qpm=qpm)


def _mido_track(one: Track) -> mido.MidiTrack:
    events = [(start, 1, note) for start, _, note in one.notes]
    events += [(end, 0, note) for _, end, note in one.notes]
    result = mido.MidiTrack()
    result.append(mido.MetaMessage("track_name", name=one.name))
    result.append(mido.Message("program_change", program=one.program, channel=one.channel))
    now = 0
    for step, is_on, note in sorted(events):
        result.append(
            mido.Message(
                "note_on",
                note=note,
                velocity=one.velocity * is_on,
                channel=one.channel,
                time=(step - now) * _TICKS_PER_STEP,
            )
        )
        now = step
    return result
