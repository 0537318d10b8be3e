"""How much music is accepted, and why.

Every bound is checked on the raw bytes or events, before any structure is built whose size or
running time a hostile file could choose.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "MAX_DENOMINATOR",
    "MAX_EVENTS",
    "MAX_FILES",
    "MAX_FILE_BYTES",
    "MAX_INSTRUMENTS",
    "MAX_NOTES",
    "MAX_QUARTERS",
    "MAX_SECONDS",
    "MAX_TEMPOS",
]

MAX_FILE_BYTES: Final = 5_000_000
"""Ten times the largest symphony we have met; the same figure stands in .streamlit/config.toml."""

MAX_FILES: Final = 20
"""Files in one upload: a whole album."""

MAX_NOTES: Final = 50_000
"""A symphony has about 30,000."""

MAX_EVENTS: Final = 150_000
"""Notes on and off, controllers, bends: what can be read in well under two seconds."""

MAX_SECONDS: Final = 20 * 60
"""End of the last note. Twenty minutes of stereo sound are 400 MB of float32 already."""

MAX_INSTRUMENTS: Final = 128
"""Channels of tracks. An orchestral score has about 40; each costs time in the track list."""

MAX_QUARTERS: Final = 10_000
"""Twenty minutes at 500 quarter notes per minute: bounds bars and steps at absurd tempos."""

MAX_DENOMINATOR: Final = 64
"""Of a time signature. Nobody writes in 128ths, and a file may claim 2 to the power 255."""

MAX_TEMPOS: Final = 20_000
"""Tempo changes: sixteen a second for the whole of twenty minutes."""
