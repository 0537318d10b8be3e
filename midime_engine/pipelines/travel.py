"""From one piece of music to another, by places in between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from midime_engine.latent.interpolation import lerp, slerp
from midime_engine.pipelines.draws import settle

if TYPE_CHECKING:
    from midime_engine.protocols import FloatArray, IntArray, PersonalSpace

__all__ = ["MAX_STEPS", "MIN_STEPS", "Place", "Way", "travel"]

MIN_STEPS: Final = 3
"""Both ends and one place between them."""

MAX_STEPS: Final = 16
"""Thirty-two bars of two-bar pieces: with more, neighbours sound the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A piece of music and where it lies."""

    z: FloatArray
    """``[z_size]``."""

    z_small: FloatArray | None = None
    """In the personal space, ``[latent_size]``; None for music of the base model."""

    tokens: IntArray | None = None
    """The music itself, ``[steps, parts]``, if it is known; None lets ``z`` be decoded."""


class Way(NamedTuple):
    """Places one after the other."""

    z: FloatArray
    """``[n, z_size]``."""

    z_small: FloatArray | None
    """``[n, latent_size]``; None where the way leads outside the personal space."""


def travel(a: Place, b: Place, n: int, space: PersonalSpace) -> Way:
    """``n`` places from ``a`` to ``b``, both included and equally far apart.

    Between two places of the personal space the way is straight there, so everything on it sounds
    like the song, and leads over points where sliders can stand. Otherwise it is the great circle
    of the large space. What a place has beside its point (a ``z`` that ``space`` does not decode
    to) is blended along the way, so that both ends are met exactly.

    Raises:
        ValueError: If ``n`` is less than 2.
    """
    if n < 2:  # noqa: PLR2004 - both ends
        raise ValueError(f"A way has two ends at least; got {n} places.")
    t = np.linspace(0.0, 1.0, n)
    if a.z_small is None or b.z_small is None:
        return Way(slerp(a.z, b.z, t), None)
    z_small = settle(lerp(a.z_small, b.z_small, t))
    z = space.decode(z_small)
    beside = lerp(a.z - z[0], b.z - z[-1], t)
    return Way(np.asarray(z + beside, np.float32), z_small)
