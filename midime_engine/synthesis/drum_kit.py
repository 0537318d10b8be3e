"""Drums of the additive synthesiser: falling sines for skins, shaped noise for wires and metal.

Each sound is made once per sample rate. The noise comes from a fixed seed, so that the same
groove is the same recording every time.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["hit"]

_KICKS: Final = frozenset({35, 36})
_SNARES: Final = frozenset({38, 40})
_CLICKS: Final = frozenset({37, 75, 76, 77})
_CLAPS: Final = frozenset({39})
_CLOSED_HATS: Final = frozenset({42, 44, 54, 69, 70, 82})
_OPEN_HATS: Final = frozenset({46})
_CRASHES: Final = frozenset({49, 52, 55, 57})
_RIDES: Final = frozenset({51, 53, 56, 59})
_TOM_HZ: Final = {41: 82.0, 43: 98.0, 45: 116.0, 47: 138.0, 48: 164.0, 50: 195.0}
_OTHER_SKIN_HZ: Final = 220.0


@functools.lru_cache(maxsize=128)
def hit(pitch: int, sample_rate: int) -> npt.NDArray[np.float32]:
    """Return one hit of the General MIDI percussion key ``pitch``, ``[n_frames]``, peak 1 or less.

    The balance of the kit is in it: a hi-hat is softer than a snare drum.
    """
    raw = _sound(pitch, sample_rate)
    sound = np.asarray(_level(pitch) * raw / np.max(np.abs(raw)), np.float32)
    sound.flags.writeable = False  # Shared by every render through the cache.
    return sound


def _sound(pitch: int, sample_rate: int) -> npt.NDArray[np.float64]:  # noqa: PLR0911 - one per drum
    if pitch in _KICKS:
        body = _skin(0.35, 130.0, 48.0, decay=0.09, sample_rate=sample_rate)
        return body + 0.25 * _noise(0.35, 1500.0, 6000.0, decay=0.004, sample_rate=sample_rate)
    if pitch in _SNARES:
        wires = _noise(0.3, 1200.0, 9000.0, decay=0.06, sample_rate=sample_rate)
        return wires + 0.8 * _skin(0.3, 240.0, 180.0, decay=0.05, sample_rate=sample_rate)
    if pitch in _CLICKS:
        return _skin(0.08, 1800.0, 1600.0, decay=0.012, sample_rate=sample_rate)
    if pitch in _CLAPS:
        return _noise(0.25, 900.0, 3500.0, decay=0.05, sample_rate=sample_rate)
    if pitch in _CLOSED_HATS:
        return _noise(0.12, 6500.0, 14000.0, decay=0.022, sample_rate=sample_rate)
    if pitch in _OPEN_HATS:
        return _noise(0.6, 6000.0, 14000.0, decay=0.16, sample_rate=sample_rate)
    if pitch in _CRASHES:
        return _noise(1.8, 2500.0, 14000.0, decay=0.5, sample_rate=sample_rate)
    if pitch in _RIDES:
        ping = _skin(1.2, 3150.0, 3150.0, decay=0.12, sample_rate=sample_rate)
        return _noise(1.2, 5000.0, 13000.0, decay=0.35, sample_rate=sample_rate) + 0.5 * ping
    hz = _TOM_HZ.get(pitch, _OTHER_SKIN_HZ)
    return _skin(0.5, 1.5 * hz, hz, decay=0.14, sample_rate=sample_rate)


def _level(pitch: int) -> float:
    if pitch in _SNARES:
        return 1.0
    if pitch in _OPEN_HATS:
        return 0.2
    if pitch in _CLOSED_HATS:
        return 0.4
    return 0.12 if pitch in _RIDES else 0.55


def _skin(
    seconds: float, from_hz: float, to_hz: float, *, decay: float, sample_rate: int
) -> npt.NDArray[np.float64]:
    """Return a sine that falls from one pitch to the other while it dies."""
    t = np.arange(round(seconds * sample_rate)) / sample_rate
    hz = to_hz + (from_hz - to_hz) * np.exp(-t / 0.025)
    phase = 2.0 * np.pi * np.cumsum(hz) / sample_rate
    return np.asarray(np.sin(phase) * np.exp(-t / decay) * _fade(len(t)))


def _noise(
    seconds: float, low_hz: float, high_hz: float, *, decay: float, sample_rate: int
) -> npt.NDArray[np.float64]:
    """Return noise between two frequencies that dies away."""
    n = round(seconds * sample_rate)
    rng = np.random.default_rng([n, round(low_hz)])
    hz = np.fft.rfftfreq(n, 1.0 / sample_rate)
    # Slopes of four octaves' worth of order, so that the band has no ringing edge.
    band = 1.0 / np.sqrt((1.0 + (low_hz / np.maximum(hz, 1.0)) ** 8) * (1.0 + (hz / high_hz) ** 8))
    spectrum = np.fft.rfft(rng.standard_normal(n)) * band
    noise = np.fft.irfft(spectrum, n)
    noise /= np.max(np.abs(noise))
    return np.asarray(noise * np.exp(-np.arange(n) / (sample_rate * decay)) * _fade(n))


def _fade(n: int) -> npt.NDArray[np.float64]:
    """Return a factor that is 1 and falls to 0 over the last tenth: no click at the end."""
    return np.minimum(1.0, np.linspace(10.0, 0.0, n))
