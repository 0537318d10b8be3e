"""Sound as data: frames, their rate and what made them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.synthesis.limits import CEILING, KNEE

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["Audio", "bend_peaks"]

_BLOCK: Final = 1 << 20
"""Frames looked at together, which bounds the memory beside a long piece."""


@dataclass(frozen=True, slots=True)
class Audio:
    """A stereo recording."""

    samples: npt.NDArray[np.float32]
    """``[n_frames, 2]``, left and right, within -1 and 1."""

    sample_rate: int
    """Frames per second."""

    synth: str
    """What made it, a name of :class:`~midime_engine.synthesis.info.SynthInfo`."""

    def __post_init__(self) -> None:
        """Check the shape, which every encoder relies on."""
        if self.samples.ndim != 2 or self.samples.shape[1] != 2:  # noqa: PLR2004 - stereo
            raise ValueError(f"samples must be [n_frames, 2]; got {self.samples.shape}.")

    @property
    def seconds(self) -> float:
        """Duration."""
        return len(self.samples) / self.sample_rate

    @property
    def peak(self) -> float:
        """Largest magnitude of a sample; 0 for silence."""
        # Not through np.abs, which would copy hundreds of megabytes of a long piece.
        return max(
            float(np.max(self.samples, initial=0.0)), -float(np.min(self.samples, initial=0.0))
        )


def bend_peaks(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Bend what exceeds the knee smoothly below the ceiling, in place, and return it.

    Loudness stays comparable between recordings because nothing is normalised, and dense music
    does not crackle because nothing is clipped.
    """
    room = np.float32(CEILING - KNEE)
    for start in range(0, len(samples), _BLOCK):
        block = samples[start : start + _BLOCK]
        loud = np.abs(block) > KNEE
        if loud.any():
            excess = np.abs(block[loud]) - np.float32(KNEE)
            bent = np.float32(KNEE) + room * np.tanh(excess / room)
            block[loud] = np.copysign(bent, block[loud])
    return samples
