"""Attributes that melodies, bass lines and drums all have, so that a translation can carry them.

Each is a number for a window, whatever plays in it: how much is played, how much of it against the
metre, how much comes back, how high or bright it is, and where in the beat it stands. Numbers of
different instruments are not comparable (drums play denser than melodies), but their ranks are:
:class:`Scale` turns them into shares of all music of a kind that has less.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.attributes.activity import density
from midime_engine.attributes.form import repetition
from midime_engine.attributes.lines import grid, lead, lead_role
from midime_engine.attributes.passage import passages
from midime_engine.attributes.rhythm import syncopation
from midime_engine.converters.classes import N_DRUM_CLASSES
from midime_engine.converters.drums import drum_class

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.attributes.passage import Passages
    from midime_engine.converters.classes import Role
    from midime_engine.protocols import FloatArray, IntArray

    Floats = npt.NDArray[np.float64]

__all__ = ["NAMES", "Scale", "measure"]

NAMES: Final = ("density", "syncopation", "repetition", "brightness", "on the beat", "between")
"""In the order of the columns of :func:`measure`."""

_BRIGHTNESS: Final = np.array([0.0, 0.5, 0.9, 1.0, 0.2, 0.3, 0.4, 1.0, 0.9])
"""Of the nine drum classes: bass drum, snare, closed and open hi-hat, low, mid and high tom, crash,
ride. Where the energy of their sound lies, from low to high."""

_TIMEKEEPERS: Final = sum(1 << drum for drum in (2, 3, 8))
"""Both hi-hats and the ride, as bits of a drum token."""

_BEAT: Final = 4
_QUANTILES: Final = 41


def measure(tokens: IntArray, *, parts: tuple[Role, ...]) -> FloatArray:
    """The attributes of windows ``[n, steps, parts]`` in 4/4, ``[n, len(NAMES)]``.

    Of several parts the lead counts: the melody. Of drums, the places in the metre are those of the
    strokes that make the rhythm: hi-hat and ride keep time whatever it is.
    """
    heard = passages(tokens, parts=parts)
    rhythm = passages(_without_timekeeping(tokens), parts=parts) if parts == ("drums",) else heard
    begun = grid(rhythm, lead_role(parts))
    places = np.arange(begun.shape[1])
    columns = [
        density(heard),
        syncopation(rhythm),
        repetition(heard),
        _brightness(heard),
        _share(begun, places % _BEAT == 0),
        _share(begun, places % 2 == 1),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """How attributes are distributed in the music of one kind."""

    quantiles: Floats
    """Of each attribute, ascending, ``[k, q]``."""

    @classmethod
    def of(cls, values: FloatArray) -> Scale:
        """The scale of music whose attributes are ``values`` ``[n, k]``."""
        shares = np.linspace(0.0, 1.0, _QUANTILES)
        return cls(np.quantile(np.asarray(values, np.float64), shares, axis=0).T)

    def share(self, values: FloatArray) -> FloatArray:
        """Which share of that music has less of each, ``[n, k]`` in 0..1; equals count half."""
        found = np.empty(np.shape(values), np.float32)
        for column, ascending in enumerate(self.quantiles):
            asked = np.asarray(values, np.float64)[:, column]
            below = np.searchsorted(ascending, asked - 1e-9, side="left")
            above = np.searchsorted(ascending, asked + 1e-9, side="right")
            between = (below == above) & (below > 0) & (below < len(ascending))
            low = ascending[np.maximum(below - 1, 0)]
            high = ascending[np.minimum(below, len(ascending) - 1)]
            inside = np.where(between, (asked - low) / np.maximum(high - low, 1e-9), 0.5)
            first = np.where(between, below - 1.0 + inside, (below + above - 1.0) / 2.0)
            found[:, column] = np.clip(first / (len(ascending) - 1.0), 0.0, 1.0)
        return found

    def to_json(self) -> list[list[float]]:
        """Plain numbers."""
        return [[round(value, 5) for value in row] for row in self.quantiles.tolist()]

    @classmethod
    def from_json(cls, stored: Any) -> Scale:
        """What :meth:`to_json` wrote.

        Raises:
            ValueError: It is something else.
        """
        quantiles = np.array(stored, np.float64)
        if quantiles.shape != (len(NAMES), _QUANTILES) or not np.isfinite(quantiles).all():
            raise ValueError(f"A scale has {len(NAMES)} rows of {_QUANTILES} finite numbers.")
        return cls(np.sort(quantiles, axis=1))


def _without_timekeeping(tokens: IntArray) -> IntArray:
    return np.asarray(tokens & ~_TIMEKEEPERS, np.int32)


def _share(begun: npt.NDArray[np.bool_], chosen: npt.NDArray[np.bool_]) -> Floats:
    share: Floats = begun[:, chosen].sum(axis=1) / np.maximum(begun.sum(axis=1), 1)
    return share


def _brightness(heard: Passages) -> Floats:
    notes = lead(heard)
    if lead_role(heard.parts) == "drums":
        classes = drum_class(notes.pitch)
        values = _BRIGHTNESS[np.clip(classes, 0, N_DRUM_CLASSES - 1)]
    else:
        values = notes.pitch.astype(np.float64)
    sums = np.bincount(notes.window, weights=values, minlength=len(heard))
    means: Floats = sums / np.maximum(np.bincount(notes.window, minlength=len(heard)), 1)
    return means
