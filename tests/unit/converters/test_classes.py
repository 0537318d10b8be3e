"""The vocabularies."""

from __future__ import annotations

import numpy as np

from midime_engine.converters import classes


def test_the_vocabularies_have_magentas_sizes() -> None:
    """90 melody classes for the 88 keys of a piano; 512 combinations of nine drums."""
    assert classes.N_MELODY_CLASSES == 90
    assert classes.N_DRUM_TOKENS == 512


def test_every_pitch_is_folded_into_the_range_by_as_few_octaves_as_possible() -> None:
    """The note keeps its name, and a pitch inside the range stays."""
    pitches = np.arange(128, dtype=np.int32)
    folded = classes.fold_pitch(pitches)
    assert folded.min() == classes.MIN_PITCH
    assert folded.max() == classes.MAX_PITCH
    assert np.all(folded % 12 == pitches % 12)
    inside = (pitches >= classes.MIN_PITCH) & (pitches <= classes.MAX_PITCH)
    assert np.array_equal(folded[inside], pitches[inside])
    assert folded[[20, 9, 8, 109, 120, 121]].tolist() == [32, 21, 32, 97, 108, 97]
