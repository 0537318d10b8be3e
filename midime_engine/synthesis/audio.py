"""Sound as data: frames, their rate and what made them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midime_engine.synthesis.limits import CEILING, KNEE

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["Audio", "bend_peaks"]


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
        return float(np.max(np.abs(self.samples), initial=0.0))


def bend_peaks(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Bend what exceeds the knee smoothly below the ceiling, in place, and return it.

    Loudness stays comparable between recordings because nothing is normalised, and dense music
    does not crackle because nothing is clipped.
    """
    loud = np.abs(samples) > KNEE
    if loud.any():
        room = np.float32(CEILING - KNEE)
        excess = np.abs(samples[loud]) - np.float32(KNEE)
        bent = np.float32(KNEE) + room * np.tanh(excess / room)
        samples[loud] = np.copysign(bent, samples[loud])
    return samples
