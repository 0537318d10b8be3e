"""An additive synthesiser in NumPy: where no other is installed, the music still sounds.

Each note is read from tables of one period that hold only harmonics below half the sample rate,
so nothing aliases; it moves from a bright to a mellow table as a struck or plucked tone does.
Volume, expression and pan are followed note by note; pedals and bends are not. A short room
is added at the end.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.synthesis import drum_kit
from midime_engine.synthesis import score as scores
from midime_engine.synthesis.limits import TAIL_SECONDS
from midime_engine.synthesis.timbres import Timbre, timbre_of

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["NAME", "render"]

NAME: Final = "built-in synthesiser"

_GAIN: Final = 0.16
"""Fixed; brings a trio to the loudness that FluidSynth gives it."""

_DRUM_GAIN: Final = 2.3
_TABLE: Final = 2048
_MAX_HARMONICS: Final = 40
_MIDDLE_C: Final = 60
_RELEASES: Final = 3  # Time constants until a released note is cut: -26 dB, then a linear fade.
_WET: Final = 0.12
_ROOM_SECONDS: Final = 0.9
_BLOCK: Final = 1 << 16
_VOLUME, _PAN, _EXPRESSION = 7, 10, 11
_MIDDLE, _FULL = 64, 127


def render(score: scores.Score, *, sample_rate: int) -> npt.NDArray[np.float32]:
    """Play ``score`` and its tail, ``[n_frames, 2]``."""
    n_frames = round((score.seconds + TAIL_SECONDS) * sample_rate)
    dry = np.zeros((n_frames, 2), np.float32)
    voices = {voice.channel: voice for voice in score.voices}
    mixers = {channel: _Mixer() for channel in voices}
    turned = sorted(score.gestures)
    n_turned = 0
    for note in score.notes:
        while n_turned < len(turned) and turned[n_turned].seconds <= note.start:
            mixers[turned[n_turned].channel].turn(turned[n_turned])
            n_turned += 1
        tone = _tone(note, voices[note.channel], sample_rate)
        first = round(note.start * sample_rate)
        tone = tone[: n_frames - first]
        left, right = mixers[note.channel].gains
        dry[first : first + len(tone), 0] += left * tone
        dry[first : first + len(tone), 1] += right * tone
    return _GAIN * _in_a_room(dry, sample_rate)


class _Mixer:
    """Volume, expression and pan of one channel."""

    def __init__(self) -> None:
        # General MIDI's values at power on, for which the gain is 1 in the middle.
        self._values = {_VOLUME: 100, _EXPRESSION: _FULL, _PAN: _MIDDLE}

    def turn(self, gesture: scores.Gesture) -> None:
        if gesture.control in self._values:
            self._values[gesture.control] = gesture.value

    @property
    def gains(self) -> tuple[float, float]:
        level = (self._values[_VOLUME] / 100) ** 2 * (self._values[_EXPRESSION] / _FULL) ** 2
        angle = np.pi / 2 * np.clip(self._values[_PAN] / (2 * _MIDDLE), 0.0, 1.0)
        return level * float(np.cos(angle)), level * float(np.sin(angle))


def _tone(
    note: scores.PlayedNote, voice: scores.Voice, sample_rate: int
) -> npt.NDArray[np.float32]:
    # The square of the velocity: the curve that General MIDI level 2 recommends.
    strength = np.float32((note.velocity / 127) ** 2)
    if voice.is_drum:
        return strength * np.float32(_DRUM_GAIN) * drum_kit.hit(note.pitch, sample_rate)
    timbre = timbre_of(voice.program)
    bright, mellow = _tables(timbre, note.pitch, sample_rate)
    n = round((note.end - note.start + _RELEASES * timbre.release) * sample_rate)
    t = np.arange(n, dtype=np.float32) / np.float32(sample_rate)
    # A hard stroke is brighter, not only louder.
    share = (0.35 + 0.65 * note.velocity / 127) * np.exp(-t / np.float32(timbre.brightness_decay))
    hz = 440.0 * 2.0 ** ((note.pitch - 69) / 12)
    tone = _read(bright, mellow, share, hz, sample_rate)
    if timbre.detune_cents:
        second = hz * 2.0 ** (timbre.detune_cents / 1200)
        tone = 0.65 * tone + 0.45 * _read(bright, mellow, share, second, sample_rate)
    envelope = _envelope(t, timbre, note.pitch, note.end - note.start)
    return (strength * np.float32(timbre.gain) * tone * envelope).astype(np.float32)


def _read(
    bright: npt.NDArray[np.float32],
    mellow: npt.NDArray[np.float32],
    share: npt.NDArray[np.float32],
    hz: float,
    sample_rate: int,
) -> npt.NDArray[np.float32]:
    """Read the two tables at pitch ``hz``, ``share`` of the bright one, ``[n_frames]``."""
    position = np.arange(len(share)) * (hz * _TABLE / sample_rate) % _TABLE
    index = position.astype(np.int32)
    fraction = (position - index).astype(np.float32)
    soft = mellow[index] + fraction * (mellow[index + 1] - mellow[index])
    hard = bright[index] + fraction * (bright[index + 1] - bright[index])
    return np.asarray(soft + share * (hard - soft), np.float32)


def _envelope(
    t: npt.NDArray[np.float32], timbre: Timbre, pitch: int, seconds: float
) -> npt.NDArray[np.float32]:
    envelope = np.minimum(1.0, t / np.float32(timbre.attack))
    if timbre.decay is not None:
        # High strings are short and die sooner: half the time for an octave and a half.
        decay = timbre.decay * 2.0 ** ((_MIDDLE_C - pitch) / 18)
        envelope = envelope * np.exp(-t / np.float32(decay))
    since = np.maximum(0.0, t - np.float32(seconds))
    fade = 1.0 - since / np.float32(_RELEASES * timbre.release)
    return np.asarray(
        envelope * np.exp(-since / np.float32(timbre.release)) * np.maximum(0.0, fade), np.float32
    )


@functools.lru_cache(maxsize=1024)
def _tables(
    timbre: Timbre, pitch: int, sample_rate: int
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return one bright and one mellow period, each ``[_TABLE + 1]``, the first value repeated."""
    hz = 440.0 * 2.0 ** ((pitch - 69) / 12)
    n = max(1, min(_MAX_HARMONICS, int(0.45 * sample_rate / hz)))
    given = np.array(timbre.harmonics[:n])
    beyond = given[0] * np.arange(len(given) + 1, n + 1) ** -timbre.slope
    amplitudes = np.concatenate([given, np.minimum(beyond, given[-1])])
    k = np.arange(1, n + 1)
    # Alternating phases spread the energy over the period: a lower peak for the same sound.
    phases = np.pi * k * (k - 1) / n
    angle = 2.0 * np.pi * np.arange(_TABLE + 1) / _TABLE
    waves = np.sin(k[:, None] * angle + phases[:, None])
    level = 1.0 / np.sqrt(np.sum(amplitudes**2))
    bright = level * amplitudes @ waves
    mellow = level * (amplitudes / k**1.2) @ waves
    return bright.astype(np.float32), mellow.astype(np.float32)


def _in_a_room(dry: npt.NDArray[np.float32], sample_rate: int) -> npt.NDArray[np.float32]:
    """Add a short reverberation: ``dry`` convolved with decaying noise, block by block."""
    room = _room(sample_rate)  # [n_taps, 2]
    size = 2 * _BLOCK
    spectrum = np.fft.rfft(room, size, axis=0)
    wet = np.zeros((len(dry) + size, 2), np.float32)
    for start in range(0, len(dry), _BLOCK):
        block = np.fft.rfft(dry[start : start + _BLOCK], size, axis=0)
        wet[start : start + size] += np.fft.irfft(block * spectrum, size, axis=0)
    return dry + np.float32(_WET) * wet[: len(dry)]


@functools.lru_cache(maxsize=4)
def _room(sample_rate: int) -> npt.NDArray[np.float32]:
    n = min(_BLOCK, round(_ROOM_SECONDS * sample_rate))
    rng = np.random.default_rng(0)
    t = np.arange(n) / sample_rate
    noise = rng.standard_normal((n, 2)) * np.exp(-t / (_ROOM_SECONDS / 5))[:, None]
    spectrum = np.fft.rfft(noise, axis=0)
    hz = np.fft.rfftfreq(n, 1.0 / sample_rate)[:, None]
    # Walls swallow what is high, and a room that booms in the bass makes everything muddy.
    response = np.fft.irfft(spectrum * (hz / (hz + 250.0)) / (1.0 + (hz / 5000.0) ** 2), n, axis=0)
    early = round(0.012 * sample_rate)  # The first wall is two metres away.
    response = np.concatenate([np.zeros((early, 2)), response[:-early]])
    return np.asarray(response / np.sqrt(np.sum(response**2, axis=0)), np.float32)
