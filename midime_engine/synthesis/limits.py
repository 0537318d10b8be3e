"""How much sound is made at once, and how loud: each number with its reason."""

from __future__ import annotations

from typing import Final

__all__ = [
    "CEILING",
    "DEFAULT_SAMPLE_RATE",
    "KNEE",
    "MAX_RENDERED_SECONDS",
    "MAX_SAMPLE_RATE",
    "MIN_NOTE_SECONDS",
    "MIN_SAMPLE_RATE",
    "TAIL_SECONDS",
]

DEFAULT_SAMPLE_RATE: Final = 44_100
"""Frames per second. The rate of every common SoundFont, so nothing is resampled."""

MIN_SAMPLE_RATE: Final = 8_000
"""FluidSynth accepts no lower rate."""

MAX_SAMPLE_RATE: Final = 96_000
"""FluidSynth accepts no higher rate."""

MAX_RENDERED_SECONDS: Final = 600.0
"""Ten minutes: 212 MB of stereo float32 at 44.1 kHz, all that one listener of a class may take."""

TAIL_SECONDS: Final = 1.5
"""What follows the last note: releases and reverberation of General MIDI sounds die within it."""

MIN_NOTE_SECONDS: Final = 0.02
"""A shorter note is released before its attack is heard, so it sounds for this long."""

KNEE: Final = 0.8
"""Up to this magnitude samples pass unchanged; what is louder is bent, not clipped."""

CEILING: Final = 0.999
"""No sample is larger: full scale would overflow 16 bits after rounding."""
