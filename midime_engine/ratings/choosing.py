"""Which piece to ask about next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy.typing as npt

    from midime_engine.ratings.taste import Taste

    Doubles = npt.NDArray[np.float64]

__all__ = ["next_pair", "next_piece"]

_UNKNOWN_FIRST: Final = 4
"""Pieces that are heard before the taste is believed: each as different as can be from the others,
so that there is something to like and something to dislike."""

_HOPE: Final = 0.2
"""Nats that a piece is worth for being likely to please: nobody rates on through twenty pieces of
what they cannot stand."""


def next_piece(
    features: npt.ArrayLike, heard: Collection[int], taste: Taste | None, *, seed: int = 0
) -> int:
    """The number of the piece whose rating would teach most.

    Args:
        features: Of all pieces that may be asked about, ``[n, f]``.
        heard: Those that were rated or skipped.
        taste: What is known so far; None before it can be known.
        seed: Of the very first one.

    Raises:
        ValueError: All have been heard.
    """
    values = _standard(features)
    left = np.array([i for i in range(len(values)) if i not in set(heard)], int)
    if not len(left):
        raise ValueError("All pieces have been heard.")
    if not heard:
        return int(np.random.default_rng(seed).choice(left))
    far = _distance(values[left], values[sorted(heard)])
    if taste is None or len(heard) < _UNKNOWN_FIRST:
        return int(left[np.argmax(far)])
    opinion = taste.opinion(np.asarray(features, np.float64)[left])
    worth = opinion.doubt + _HOPE * opinion.liked + 1e-3 * far / max(float(far.max()), 1e-9)
    return int(left[np.argmax(worth)])


def next_pair(
    features: npt.ArrayLike, heard: Collection[int], taste: Taste | None, *, seed: int = 0
) -> tuple[int, int]:
    """Two pieces to choose from: the one that would teach most, and one as good and unlike it.

    Raises:
        ValueError: Fewer than two are left.
    """
    first = next_piece(features, heard, taste, seed=seed)
    values = _standard(features)
    left = np.array([i for i in range(len(values)) if i not in {first, *heard}], int)
    if not len(left):
        raise ValueError("All pieces have been heard.")
    far = _distance(values[left], values[[first]])
    if taste is None:
        return first, int(left[np.argmax(far)])
    raw = np.asarray(features, np.float64)
    rival = taste.opinion(raw[left])
    own = taste.opinion(raw[[first]])
    # As likely to be liked as the first, in doubt itself, and not the same music.
    worth = rival.doubt - np.abs(rival.liked - own.liked[0]) + 0.1 * far / max(far.max(), 1e-9)
    return first, int(left[np.argmax(worth)])


def _standard(features: npt.ArrayLike) -> Doubles:
    values = np.asarray(features, np.float64)
    deviation = values.std(axis=0)
    scaled: Doubles = (values - values.mean(axis=0)) / np.where(deviation > 0, deviation, np.inf)
    return scaled


def _distance(values: Doubles, others: Doubles) -> Doubles:
    """From each row of ``values`` to the nearest of ``others``."""
    nearest: Doubles = np.linalg.norm(values[:, None] - others[None], axis=2).min(axis=1)
    return nearest
