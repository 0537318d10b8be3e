"""Named numbers of a passage, for rules of one's own: ``largest_leap``, ``notes_per_bar``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.attributes.activity import density, held, rests
from midime_engine.attributes.drumming import (
    backbeat,
    bass_follows_kick,
    drum_present,
    four_on_the_floor,
)
from midime_engine.attributes.form import repetition, similarity
from midime_engine.attributes.lines import lead, moves, n_bars, pitched, share
from midime_engine.attributes.motion import stepwise
from midime_engine.attributes.rhythm import off_sixteenths, offbeats, syncopation
from midime_engine.attributes.scales import KEYS, key_named
from midime_engine.attributes.words import OCTAVE

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from midime_engine.attributes.passage import Passages
    from midime_engine.attributes.rule import Hears

    Floats = npt.NDArray[np.float64]

__all__ = ["FEATURES", "Feature"]

_LEAD: Final[tuple[Hears, ...]] = ("lead",)
_LINE: Final[tuple[Hears, ...]] = ("pitched", "lead")
_DRUMS: Final[tuple[Hears, ...]] = ("drums",)


@dataclass(frozen=True, slots=True)
class Feature:
    """A number that a passage has."""

    name: str
    help: str
    """What it is, with its unit, in a sentence."""

    compute: Callable[[Passages], Floats]
    """``[n]``; what it is for a passage that it cannot hear does not matter."""

    hears: tuple[Hears, ...]
    """What has to sound."""

    span: float = 1.0
    """So far from what is wished, a comparison is worth nothing any more."""


def _notes_per_bar(passages: Passages) -> Floats:
    counts = np.bincount(lead(passages).window, minlength=len(passages))
    shares: Floats = counts / n_bars(passages)
    return shares


def _lowest(passages: Passages) -> Floats:
    return _extreme(passages, lead(passages).pitch, np.minimum)


def _highest(passages: Passages) -> Floats:
    return _extreme(passages, lead(passages).pitch, np.maximum)


def _range(passages: Passages) -> Floats:
    return _highest(passages) - _lowest(passages)


def _extreme(passages: Passages, values: npt.NDArray[np.int32], which: np.ufunc) -> Floats:
    """The smallest or the largest of ``values`` of each passage; 0 where there are none."""
    counts = np.bincount(lead(passages).window, minlength=len(passages))
    found = np.zeros(len(passages))
    some = counts > 0
    if some.any():
        found[some] = which.reduceat(values, (np.cumsum(counts) - counts)[some])
    return found


def _mean_pitch(passages: Passages) -> Floats:
    notes = lead(passages)
    return share(notes.window, notes.pitch, len(passages))


def _largest_leap(passages: Passages) -> Floats:
    window, move = moves(passages)
    largest = np.zeros(len(passages))
    np.maximum.at(largest, window, np.abs(move))
    return largest


def _mean_leap(passages: Passages) -> Floats:
    window, move = moves(passages)
    return share(window, np.abs(move), len(passages))


def _note_length(passages: Passages) -> Floats:
    notes = lead(passages)
    return share(notes.window, notes.end - notes.start, len(passages))


def _histogram(passages: Passages) -> npt.NDArray[np.int64]:
    """How many notes of melody and bass each pitch class has, ``[n, 12]``."""
    notes = pitched(passages)
    cells = notes.window * OCTAVE + notes.pitch % OCTAVE
    return np.bincount(cells, minlength=len(passages) * OCTAVE).reshape(-1, OCTAVE)


def _in_key(passages: Passages) -> Floats:
    histogram = _histogram(passages)
    belongs = np.zeros((OCTAVE, len(KEYS)))
    for column, name in enumerate(KEYS):
        belongs[list(key_named(name).degrees), column] = 1.0
    best: Floats = (histogram @ belongs).max(axis=1) / np.maximum(histogram.sum(axis=1), 1)
    return best


def _pitch_classes(passages: Passages) -> Floats:
    return np.asarray((_histogram(passages) > 0).sum(axis=1), np.float64)


_ALL: Final = (
    Feature("density", "share of the sixteenths on which a note begins, 0 to 1", density, _LEAD),
    Feature("notes_per_bar", "notes of the lead in a bar", _notes_per_bar, _LEAD, 16.0),
    Feature("rests", "share of the sixteenths on which the lead is silent, 0 to 1", rests, _LINE),
    Feature("note_length", "mean length of a note in sixteenths", _note_length, _LINE, 16.0),
    Feature("legato", "share of notes held until the next one, 0 to 1", held, _LINE),
    Feature("lowest", "lowest pitch as a MIDI number; 60 is middle C", _lowest, _LINE, 24.0),
    Feature("highest", "highest pitch as a MIDI number", _highest, _LINE, 24.0),
    Feature("range", "semitones from the lowest to the highest pitch", _range, _LINE, 24.0),
    Feature("mean_pitch", "mean pitch as a MIDI number", _mean_pitch, _LINE, 24.0),
    Feature("largest_leap", "widest move in semitones, up or down", _largest_leap, _LINE, 24.0),
    Feature("mean_leap", "mean move in semitones, up or down", _mean_leap, _LINE, 12.0),
    Feature("stepwise", "share of moves by one or two semitones, 0 to 1", stepwise, _LINE),
    Feature(
        "in_key", "share of notes in whichever major or minor key fits best", _in_key, ("pitched",)
    ),
    Feature(
        "pitch_classes", "how many of the twelve notes are used", _pitch_classes, ("pitched",), 12.0
    ),
    Feature("syncopation", "share of onsets held across an accent, 0 to 1", syncopation, _LEAD),
    Feature("offbeats", "share of onsets between two quarters, 0 to 1", offbeats, _LEAD),
    Feature("off_sixteenths", "share of onsets between two eighths, 0 to 1", off_sixteenths, _LEAD),
    Feature("repetition", "how much bars repeat the one before, 0 to 1", repetition, _LEAD),
    Feature("similarity", "how much bars resemble each other, 0 to 1", similarity, _LEAD),
    Feature(
        "kick", "share of bars with a kick, 0 to 1", lambda each: drum_present(each, "kick"), _DRUMS
    ),
    Feature(
        "snare",
        "share of bars with a snare, 0 to 1",
        lambda each: drum_present(each, "snare"),
        _DRUMS,
    ),
    Feature(
        "hihat",
        "share of bars with a hi-hat, 0 to 1",
        lambda each: drum_present(each, "hi-hat"),
        _DRUMS,
    ),
    Feature("backbeat", "share of backbeats with a snare, 0 to 1", backbeat, _DRUMS),
    Feature(
        "four_on_the_floor", "share of quarters with a kick, 0 to 1", four_on_the_floor, _DRUMS
    ),
    Feature(
        "bass_follows_kick",
        "how far bass and kick begin together, 0 to 1",
        bass_follows_kick,
        ("bass", "drums"),
    ),
)

FEATURES: Final[dict[str, Feature]] = {feature.name: feature for feature in _ALL}
"""All there are, by name."""
