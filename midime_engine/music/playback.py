"""How tokens become notes that sound like the song they came from.

Tokens know neither tempo nor metre nor instrument. A :class:`Playback` carries these from the
source to whatever is decoded, so that a waltz at 90 stays a waltz at 90.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["STEPS_PER_QUARTER", "STEPS_PER_WHOLE", "Playback"]

STEPS_PER_QUARTER = 4
"""Every model here counts in sixteenth notes."""

STEPS_PER_WHOLE = 4 * STEPS_PER_QUARTER

_PROGRAMS = range(128)
_VELOCITIES = range(1, 128)  # Velocity 0 means note off: such a file is silent.


@dataclass(frozen=True, slots=True)
class Playback:
    """Tempo, metre and instruments for decoded music."""

    qpm: float = 120.0
    """Quarter notes per minute."""

    numerator: int = 4
    denominator: int = 4

    n_steps: int | None = None
    """Steps kept of each decoded window; None keeps all. Two bars of 3/4 keep 24 of 32."""

    programs: tuple[int, ...] = ()
    """General MIDI program (0..127) per part; empty means the defaults of each part."""

    velocities: tuple[int, ...] = ()
    """Velocity (1..127) per part; empty means 80."""

    def __post_init__(self) -> None:
        """Refuse what no MIDI file can say.

        Raises:
            ValueError: if a field is out of its range.
        """
        if not (math.isfinite(self.qpm) and self.qpm > 0):
            raise ValueError(f"qpm must be positive and finite; got {self.qpm}.")
        if self.numerator < 1 or self.denominator < 1 or self.denominator.bit_count() != 1:
            metre = f"{self.numerator}/{self.denominator}"
            raise ValueError(f"A metre is n over a power of two; got {metre}.")
        if self.n_steps is not None and self.n_steps < 1:
            raise ValueError(f"n_steps must be at least 1; got {self.n_steps}.")
        if any(program not in _PROGRAMS for program in self.programs):
            raise ValueError(f"Programs are 0..127; got {self.programs}.")
        if any(velocity not in _VELOCITIES for velocity in self.velocities):
            raise ValueError(f"Velocities are 1..127; got {self.velocities}.")

    @property
    def steps_per_bar(self) -> float:
        """Length of a bar in steps: 16 for 4/4, 12 for 3/4, 14 for 7/8, 1.5 for 3/32."""
        return self.numerator * STEPS_PER_WHOLE / self.denominator

    @property
    def seconds_per_step(self) -> float:
        """Duration of one step."""
        return 60.0 / (self.qpm * STEPS_PER_QUARTER)
