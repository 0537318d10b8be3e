"""Sounds of the additive synthesiser: what sets one family of General MIDI instruments apart.

The 128 programs come in sixteen families of eight; each family is one :class:`Timbre`. The
strengths of its harmonics are rules of thumb of acoustics (a clarinet has odd harmonics, a plucked
string loses its high ones first), not measurements of instruments.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["FAMILY_SIZE", "TIMBRES", "Timbre", "timbre_of"]

FAMILY_SIZE: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Timbre:
    """One family of instruments."""

    harmonics: tuple[float, ...]
    """Amplitudes of the first harmonics at the attack; further ones fall with ``slope``."""

    slope: float = 2.0
    """The k-th harmonic beyond the list has amplitude ``k ** -slope`` times the first."""

    attack: float = 0.006
    """Seconds from silence to full strength."""

    decay: float | None = 1.2
    """Seconds after which middle C has fallen to 37 %; None sounds on until it is released."""

    release: float = 0.12
    """Seconds after its end in which a note falls to 37 % three times over."""

    brightness_decay: float = 0.35
    """Seconds in which the high harmonics fall towards the mellow half of the spectrum."""

    detune_cents: float = 0.0
    """Distance of a second, softer copy: several players are never quite together."""

    gain: float = 1.0
    """Balance against the other families, as in a General MIDI font."""


_PIANO: Final = Timbre(
    harmonics=(1.0, 0.55, 0.32, 0.2, 0.13, 0.09, 0.06), slope=1.9, decay=1.1, gain=0.65
)
_MALLETS: Final = Timbre(
    harmonics=(1.0, 0.06, 0.22, 0.35, 0.02, 0.05),
    slope=3.0,
    attack=0.002,
    decay=0.6,
    release=0.3,
    gain=0.65,
)
_ORGAN: Final = Timbre(
    harmonics=(1.0, 0.7, 0.35, 0.45, 0.1, 0.25, 0.05, 0.2),
    slope=3.0,
    attack=0.012,
    decay=None,
    release=0.04,
    brightness_decay=60.0,
    gain=0.7,
)
_GUITAR: Final = Timbre(
    harmonics=(1.0, 0.75, 0.5, 0.25, 0.2, 0.15, 0.1),
    slope=1.6,
    attack=0.003,
    decay=0.8,
    brightness_decay=0.18,
)
_BASS: Final = Timbre(
    harmonics=(1.0, 0.8, 0.4, 0.22, 0.12, 0.07),
    slope=2.2,
    attack=0.005,
    decay=1.0,
    release=0.07,
    brightness_decay=0.2,
    gain=1.0,
)
_STRINGS: Final = Timbre(
    harmonics=(1.0, 0.55, 0.4, 0.3, 0.22, 0.17),
    slope=1.4,
    attack=0.05,
    decay=None,
    release=0.18,
    brightness_decay=8.0,
    detune_cents=5.0,
    gain=1.05,
)
_BRASS: Final = Timbre(
    harmonics=(0.8, 1.0, 0.75, 0.5, 0.3, 0.2),
    slope=1.6,
    attack=0.03,
    decay=None,
    brightness_decay=2.0,
    gain=0.7,
)
_REED: Final = Timbre(
    harmonics=(1.0, 0.12, 0.55, 0.1, 0.3, 0.07, 0.15),
    slope=1.8,
    attack=0.03,
    decay=None,
    release=0.08,
    brightness_decay=20.0,
    gain=0.75,
)
_PIPE: Final = Timbre(
    harmonics=(1.0, 0.22, 0.08, 0.03),
    slope=3.0,
    attack=0.04,
    decay=None,
    release=0.1,
    brightness_decay=20.0,
    gain=0.75,
)
_LEAD: Final = Timbre(
    harmonics=(1.0, 0.5, 0.33, 0.25),
    slope=1.0,
    attack=0.005,
    decay=None,
    release=0.06,
    brightness_decay=0.4,
    gain=1.0,
)
_PAD: Final = Timbre(
    harmonics=(1.0, 0.4, 0.2, 0.1),
    slope=2.0,
    attack=0.2,
    decay=None,
    release=0.5,
    brightness_decay=5.0,
    detune_cents=7.0,
    gain=0.95,
)

TIMBRES: Final[tuple[Timbre, ...]] = (
    _PIANO,
    _MALLETS,
    _ORGAN,
    _GUITAR,
    _BASS,
    _STRINGS,
    _STRINGS,  # ensembles and choirs
    _BRASS,
    _REED,
    _PIPE,
    _LEAD,
    _PAD,
    _PAD,  # synth effects
    _GUITAR,  # plucked instruments of the world
    _MALLETS,  # tuned percussion
    _MALLETS,  # sound effects, of which a struck tone is the least misleading
)
"""One per family, in the order of General MIDI."""


def timbre_of(program: int) -> Timbre:
    """Return the timbre of a General MIDI program, 0 to 127."""
    return TIMBRES[program // FAMILY_SIZE]
