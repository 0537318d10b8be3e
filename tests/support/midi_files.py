"""MIDI files for tests: raw bytes to be nasty with, and songs with tempo and metre changes.

``raw_midi(b"...")`` wraps track bodies into a file and believes everything it is told.
``song(track("C4 . E4 ."))`` is what the reader makes of a whole file.
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

import mido

from midime_engine.music.midi_io import read_midi
from tests.support.songs import Track

if TYPE_CHECKING:
    from midime_engine.music.song import Song

__all__ = ["bars_of", "midi_bytes", "raw_midi", "song"]

_TICKS_PER_STEP = 120


def raw_midi(
    *tracks: bytes, division: int = 480, kind: int = 1, n_tracks: int | None = None
) -> bytes:
    """A MIDI file with these track bodies, whatever they are."""
    count = len(tracks) if n_tracks is None else n_tracks
    header = b"MThd" + struct.pack(">IHHH", 6, kind, count, division)
    return header + b"".join(b"MTrk" + struct.pack(">I", len(body)) + body for body in tracks)


def midi_bytes(
    *tracks: Track,
    tempos: tuple[tuple[int, float], ...] = ((0, 120.0),),
    metres: tuple[tuple[int, int, int], ...] = (),
) -> bytes:
    """A file written by mido: tempos are (step, qpm), metres are (step, numerator, denominator)."""
    file = mido.MidiFile(ticks_per_beat=4 * _TICKS_PER_STEP)
    head: list[tuple[int, mido.MetaMessage]] = [
        (step * _TICKS_PER_STEP, mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(qpm)))
        for step, qpm in tempos
    ]
    for step, numerator, denominator in metres:
        message = mido.MetaMessage("time_signature", numerator=numerator, denominator=denominator)
        head.append((step * _TICKS_PER_STEP, message))
    file.tracks.append(_in_order(head))
    for track in tracks:
        file.tracks.append(_in_order(_messages(track)))
        if track.name:
            file.tracks[-1].insert(0, mido.MetaMessage("track_name", name=track.name))
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def song(
    *tracks: Track,
    tempos: tuple[tuple[int, float], ...] = ((0, 120.0),),
    metres: tuple[tuple[int, int, int], ...] = (),
) -> Song:
    """The song that these tracks make."""
    return read_midi(midi_bytes(*tracks, tempos=tempos, metres=metres), name="song.mid")


def bars_of(length: int, n_bars: int, *, pitch: int = 60, **sound: object) -> Track:
    """A track that strikes one note on the first step of each bar of ``length`` steps."""
    notes = tuple((i * length, i * length + 2, pitch + i % 5) for i in range(n_bars))
    return Track(notes, **sound)  # type: ignore[arg-type]


def _messages(track: Track) -> list[tuple[int, mido.Message]]:
    messages = [(0, mido.Message("program_change", channel=track.channel, program=track.program))]
    for start, end, pitch in track.notes:
        on = mido.Message("note_on", channel=track.channel, note=pitch, velocity=track.velocity)
        off = mido.Message("note_off", channel=track.channel, note=pitch)
        messages += [(start * _TICKS_PER_STEP, on), (end * _TICKS_PER_STEP, off)]
    return messages


def _in_order(messages: list[tuple[int, mido.Message]]) -> mido.MidiTrack:
    order = {"note_on": 1}
    track, now = mido.MidiTrack(), 0
    for tick, message in sorted(
        messages, key=lambda entry: (entry[0], order.get(entry[1].type, 0))
    ):
        track.append(message.copy(time=tick - now))
        now = tick
    return track
