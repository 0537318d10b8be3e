"""How close two collections of music are: overlaps of distributions.

For each part, histograms are taken of both collections and normalised; their *overlap* is the
area that they share, the sum of the smaller of both values in every bin: 1 for equal
distributions, 0 for disjoint ones. The idea of comparing distributions of musical features is
that of Yang and Lerch, "On the evaluation of generative models in music" (2020).

Melody and bass, over all notes of all windows:

* ``pitch_class``: C, C sharp, … B, 12 bins.
* ``interval``: semitones from a note to the next one of the same window, upwards positive;
  leaps beyond an octave count as one bin below and one above, 27 bins.
* ``duration``: steps from onset to the end of the note; notes are cut at the end of a window.
* ``onset_position``: whole steps since the bar line.
* ``notes_per_bar``: number of notes that begin in a bar, over the bars in which one does.

Drums:

* ``drum_class``: the nine classes, over all hits.
* ``onset_position``: as above, over all hits.
* ``hits_per_bar``: number of hits in a bar, over the bars that have one.
* ``drum_pair``: which two classes are struck together, 36 bins, over all steps with two or more.

A histogram without entries overlaps fully (1) with another such histogram and not at all (0)
with any other: silence is like silence and unlike music.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.converters.classes import FIRST_ONSET, MIN_PITCH, N_DRUM_CLASSES
from midime_engine.metrics.events import onsets, place_in_bar, validate

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.converters.classes import Role
    from midime_engine.protocols import IntArray

    Histogram = npt.NDArray[np.int64]

__all__ = ["DRUM_FEATURES", "PITCHED_FEATURES", "histograms", "overlap", "similarity"]

PITCHED_FEATURES: Final = (
    "pitch_class",
    "interval",
    "duration",
    "onset_position",
    "notes_per_bar",
)
DRUM_FEATURES: Final = ("drum_class", "onset_position", "hits_per_bar", "drum_pair")

_OCTAVE: Final = 12
_WIDEST: Final = _OCTAVE + 1  # Stands for every leap beyond an octave.
_PAIRS: Final = np.triu_indices(N_DRUM_CLASSES, 1)


def similarity(
    source: IntArray, samples: IntArray, *, parts: tuple[Role, ...], steps_per_bar: float
) -> dict[Role, dict[str, float]]:
    """Overlap of ``samples`` with ``source`` for each part and each feature, in 0..1.

    Both are ``[n, steps, parts]`` with as many steps; ``n`` may differ, and be 0.

    Raises:
        ValueError: If the tokens break the conventions of this package.
    """
    ours, theirs = (
        histograms(tokens, parts=parts, steps_per_bar=steps_per_bar) for tokens in (source, samples)
    )
    return {
        part: {
            feature: overlap(ours[part][feature], theirs[part][feature]) for feature in ours[part]
        }
        for part in parts
    }


def overlap(one: Histogram, other: Histogram) -> float:
    """Area shared by two histograms of counts after normalisation, in 0..1."""
    sums = int(one.sum()), int(other.sum())
    if not all(sums):
        return float(sums[0] == sums[1])
    length = max(len(one), len(other))
    p, q = (
        np.pad(counts, (0, length - len(counts))) / total
        for counts, total in zip((one, other), sums, strict=True)
    )
    return min(1.0, float(np.minimum(p, q).sum()))  # Shares may add up to a little more than 1.


def histograms(
    tokens: IntArray, *, parts: tuple[Role, ...], steps_per_bar: float
) -> dict[Role, dict[str, Histogram]]:
    """Counts per bin for each part and each feature of the module's docstring."""
    tokens = validate(tokens, parts)
    return {
        role: (_of_drums if role == "drums" else _of_pitched)(tokens[:, :, column], steps_per_bar)
        for column, role in enumerate(parts)
    }


def _of_pitched(line: IntArray, steps_per_bar: float) -> dict[str, Histogram]:
    notes = onsets(line, "melody")
    pitch = notes.token - FIRST_ONSET + MIN_PITCH
    leaps = np.diff(pitch)[np.diff(notes.window) == 0]
    bar, place = place_in_bar(notes.step, steps_per_bar=steps_per_bar)
    return {
        "pitch_class": _count(pitch % _OCTAVE, _OCTAVE),
        "interval": _count(np.clip(leaps, -_WIDEST, _WIDEST) + _WIDEST, 2 * _WIDEST + 1),
        "duration": _count(notes.duration, line.shape[1] + 1),
        "onset_position": _count(place, math.ceil(steps_per_bar)),
        "notes_per_bar": _per_bar(notes.window, bar),
    }


def _of_drums(line: IntArray, steps_per_bar: float) -> dict[str, Histogram]:
    struck = (line[:, :, None] >> np.arange(N_DRUM_CLASSES)) & 1  # [n, steps, classes]
    window, step, drum = np.nonzero(struck)
    together = np.einsum("nti,ntj->ij", struck, struck, dtype=np.int64)
    bar, place = place_in_bar(step.astype(np.int32), steps_per_bar=steps_per_bar)
    return {
        "drum_class": _count(drum, N_DRUM_CLASSES),
        "onset_position": _count(place, math.ceil(steps_per_bar)),
        "hits_per_bar": _per_bar(window, bar),
        "drum_pair": together[_PAIRS],
    }


def _count(values: npt.NDArray[np.integer], n_bins: int) -> Histogram:
    return np.bincount(values, minlength=n_bins).astype(np.int64)


def _per_bar(window: npt.NDArray[np.integer], bar: npt.NDArray[np.integer]) -> Histogram:
    """How many bars have how many events, bars without any left out."""
    _, counts = np.unique(np.stack([window, bar]), axis=1, return_counts=True)
    return np.bincount(counts.astype(np.int64)).astype(np.int64)
