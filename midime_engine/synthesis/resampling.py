"""Change of sample rate by a windowed sinc, one filter for each phase between the two rates."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["resample"]

_HALF_WIDTH: Final = 16
"""Zero crossings of the sinc on either side, under a Hann window."""


def resample(
    samples: npt.NDArray[np.float32], from_rate: int, to_rate: int
) -> npt.NDArray[np.float32]:
    """Return ``samples``, ``[n, channels]``, at another rate, ``[ceil(n * to / from), channels]``.

    >>> resample(np.ones((480, 2), np.float32), 48_000, 44_100).shape
    (441, 2)
    """
    if from_rate == to_rate or not len(samples):
        return samples
    common = math.gcd(from_rate, to_rate)
    up, down = to_rate // common, from_rate // common
    n_frames = math.ceil(len(samples) * up / down)
    cutoff = min(1.0, up / down)  # When the rate falls, what the new one cannot hold goes.
    reach = math.ceil(_HALF_WIDTH / cutoff)
    tail = reach + down * math.ceil(n_frames / up) + 1 - len(samples)
    padded = np.pad(samples, ((reach, reach + max(0, tail)), (0, 0)))
    out = np.empty((n_frames, samples.shape[1]), np.float32)
    taps = np.arange(1 - reach, reach + 1)
    windows = np.lib.stride_tricks.sliding_window_view(padded, len(taps), axis=0)
    for phase in range(min(up, n_frames)):
        # Output frame ``phase + m * up`` lies at input position ``base + fraction + m * down``.
        base, fraction = divmod(phase * down, up)
        distance = fraction / up - taps
        window = np.cos(np.pi * distance / (2 * reach)) ** 2 * (np.abs(distance) < reach)
        weights = (cutoff * np.sinc(cutoff * distance) * window).astype(np.float32)
        places = out[phase::up]
        # ``padded[i + reach]`` is input frame ``i``, and the first tap is ``1 - reach``.
        places[:] = windows[base + 1 :: down][: len(places)] @ weights
    return out
