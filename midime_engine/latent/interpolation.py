"""Ways from one latent vector to another.

Conventions: ``a`` and ``b`` are ``[z_size]``, ``t`` is ``[k]`` or a scalar, 0 at ``a`` and 1 at
``b``; the result is float32 ``[k, z_size]`` (``k`` is 1 for a scalar). Values of ``t`` outside
``[0, 1]`` extrapolate. The arithmetic is done in float64.

* :func:`lerp`: the straight line.
* :func:`slerp`: along the great circle, as Magenta's ``TrainedModel.interpolate`` goes
  (``magenta/models/music_vae/trained_model.py``). Draws from a Gaussian prior of many dimensions
  lie near a sphere; the straight line between two of them cuts through its unlikely inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    FloatArray = npt.NDArray[np.float32]

__all__ = ["lerp", "slerp"]

# Below this sine of the angle the great circle is undefined (opposite vectors) or no longer
# distinguishable from the line (parallel ones), and the quotient of sines loses its digits.
_SMALLEST_SINE: Final = 1e-6


def lerp(a: npt.ArrayLike, b: npt.ArrayLike, t: npt.ArrayLike) -> FloatArray:
    """Interpolate linearly between ``a`` and ``b``; float32 ``[k, z_size]``.

    Raises:
        ValueError: If ``a`` and ``b`` are not vectors of one length, or ``t`` has rank above 1.
    """
    start, end, times = _validated(a, b, t)
    line: npt.NDArray[np.float64] = (1.0 - times) * start + times * end
    return line.astype(np.float32)


def slerp(a: npt.ArrayLike, b: npt.ArrayLike, t: npt.ArrayLike) -> FloatArray:
    """Interpolate along the great circle through ``a`` and ``b``; float32 ``[k, z_size]``.

    The angle is that between the directions of ``a`` and ``b``, while their lengths are blended
    with the same weights, so both ends are met exactly. Vectors that are (nearly) parallel or
    opposite, or zero, are interpolated linearly.

    Raises:
        ValueError: If ``a`` and ``b`` are not vectors of one length, or ``t`` has rank above 1.
    """
    start, end, times = _validated(a, b, t)
    lengths = float(np.linalg.norm(start) * np.linalg.norm(end))
    cosine = float(np.clip(start @ end / lengths, -1.0, 1.0)) if lengths > 0 else 1.0
    omega = np.arccos(cosine)
    sine = np.sin(omega)
    if sine < _SMALLEST_SINE:
        return lerp(a, b, t)
    weights = np.sin((1.0 - times) * omega) / sine, np.sin(times * omega) / sine  # [k, 1] each
    path: npt.NDArray[np.float64] = weights[0] * start + weights[1] * end
    return path.astype(np.float32)


def _validated(
    a: npt.ArrayLike, b: npt.ArrayLike, t: npt.ArrayLike
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """``a`` and ``b`` as ``[z_size]`` and ``t`` as ``[k, 1]``, all float64."""
    start, end = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    times = np.atleast_1d(np.asarray(t, dtype=np.float64))
    if start.ndim != 1 or start.shape != end.shape:
        raise ValueError(f"a and b must both be [z_size]; got {start.shape} and {end.shape}.")
    if times.ndim != 1:
        raise ValueError(f"t must be a scalar or [k]; got {times.shape}.")
    return start, end, times[:, None]
