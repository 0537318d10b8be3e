"""midirenderer, a pip-only synthesiser in Rust: where libfluidsynth is missing, it plays.

It takes a MIDI file and gives a WAV file at 48 kHz, on sixteen channels. So a score is written as
a file whose tick is one of its frames, group of channels by group of channels, and what comes
back is added up and resampled. It reads ``.sf2`` only, and holds the interpreter lock while it
renders.
"""

from __future__ import annotations

import functools
import io
import struct
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.errors import SynthesisError
from midime_engine.synthesis import score as scores
from midime_engine.synthesis.limits import TAIL_SECONDS
from midime_engine.synthesis.resampling import resample

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt

__all__ = ["NAME", "is_available", "is_usable_font", "midi_file", "render"]

NAME: Final = "midirenderer"

_RATE: Final = 48_000
_TICKS_PER_QUARTER: Final = 24_000
_MICROSECONDS_PER_QUARTER: Final = 500_000  # Half a second of 24,000 ticks: 48,000 a second.
_NOTE_OFF, _NOTE_ON, _CONTROL, _PROGRAM, _BEND = 0x80, 0x90, 0xB0, 0xC0, 0xE0


@functools.cache
def _library() -> Any:
    try:
        import midirenderer
    except (ImportError, OSError):
        return None
    return midirenderer


def is_available() -> bool:
    """Whether midirenderer is installed and has a build for this machine."""
    return _library() is not None


@functools.lru_cache(maxsize=2)
def _font(path: Path) -> bytes | None:
    """Return the bytes of a SoundFont that midirenderer can read, else None."""
    font = path.read_bytes()
    try:
        _library().render_wave_from(font, midi_file(scores.Score((), (), (), 0.0), n_ticks=1))
    except (RuntimeError, ValueError):
        return None
    return font


def is_usable_font(path: Path) -> bool:
    """Whether midirenderer can load the SoundFont at ``path``; keeps its bytes if so."""
    return _font(path) is not None


def render(score: scores.Score, *, soundfont: Path, sample_rate: int) -> npt.NDArray[np.float32]:
    """Play ``score`` and its tail, ``[n_frames, 2]``."""
    font = _font(soundfont)
    if font is None:
        raise SynthesisError(
            f"midirenderer cannot load the SoundFont {soundfont}.",
            remedy="Set MIDIME_SOUNDFONT to a General MIDI SoundFont (.sf2).",
        )
    n_ticks = round((score.seconds + TAIL_SECONDS) * _RATE)
    mixed = np.zeros((n_ticks, 2), np.float32)
    for number in range(score.n_channels // 16):
        group = score.group(number)
        if group.notes:
            part = _decode(_library().render_wave_from(font, midi_file(group, n_ticks=n_ticks)))
            mixed[: len(part)] += part[:n_ticks]
    n_frames = round((score.seconds + TAIL_SECONDS) * sample_rate)
    resampled = resample(mixed, _RATE, sample_rate)
    # The two lengths were rounded at different rates, so they may differ by one frame.
    return np.pad(resampled, ((0, max(0, n_frames - len(resampled))), (0, 0)))[:n_frames]


def _decode(wave: bytes) -> npt.NDArray[np.float32]:
    import soundfile

    samples, _ = soundfile.read(io.BytesIO(wave), dtype="float32", always_2d=True)
    return np.asarray(samples, np.float32)


def midi_file(score: scores.Score, *, n_ticks: int) -> bytes:
    """Write ``score`` as a format 0 file of ``n_ticks``, one tick to a frame at 48 kHz."""
    track = bytearray(b"\x00\xff\x51\x03" + _MICROSECONDS_PER_QUARTER.to_bytes(3, "big"))
    for voice in score.voices:
        track += bytes((0, _PROGRAM | voice.channel, voice.program))
    now = 0
    for event in scores.events(score):
        tick = min(round(event.seconds * _RATE), n_ticks)
        track += _variable_length(tick - now) + _message(event)
        now = tick
    # The file is rendered up to its last message, so one that changes nothing marks the end.
    track += _variable_length(n_ticks - now) + bytes((_CONTROL, 3, 0)) + b"\x00\xff\x2f\x00"
    header = struct.pack(">4sIHHH", b"MThd", 6, 0, 1, _TICKS_PER_QUARTER)
    return header + struct.pack(">4sI", b"MTrk", len(track)) + bytes(track)


def _message(event: scores.Event) -> bytes:
    if event.kind == scores.EventKind.NOTE_ON:
        return bytes((_NOTE_ON | event.channel, event.number, event.value))
    if event.kind == scores.EventKind.NOTE_OFF:
        return bytes((_NOTE_OFF | event.channel, event.number, 0))
    if event.number == scores.PITCH_BEND:
        bend = event.value + 8192
        return bytes((_BEND | event.channel, bend & 0x7F, bend >> 7))
    return bytes((_CONTROL | event.channel, event.number, event.value))


def _variable_length(value: int) -> bytes:
    """Encode ``value`` in groups of seven bits, all but the last marked."""
    groups = [value & 0x7F]
    while value := value >> 7:
        groups.append(0x80 | value & 0x7F)
    return bytes(reversed(groups))
