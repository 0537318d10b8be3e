"""The nine drum classes."""

from __future__ import annotations

import numpy as np
from note_seq import drums_encoder_decoder

from midime_engine.converters import drums


def test_the_map_is_that_of_note_seq() -> None:
    """The same pitches in the same classes, in the same order of classes."""
    ours = [set(pitches) for pitches in drums.DRUM_CLASS_PITCHES]
    theirs = [set(pitches) for pitches in drums_encoder_decoder.DEFAULT_DRUM_TYPE_PITCHES]
    assert ours == theirs
    assert len(drums.DRUM_CLASS_NAMES) == len(ours) == 9


def test_no_pitch_belongs_to_two_classes() -> None:
    """A hit is one sound."""
    pitches = [pitch for pitches in drums.DRUM_CLASS_PITCHES for pitch in pitches]
    assert len(pitches) == len(set(pitches))


def test_each_class_is_played_by_a_pitch_of_its_own() -> None:
    """Decoding and encoding a hit gives the same class."""
    classes = drums.drum_class(np.array(drums.REPRESENTATIVE_PITCHES, np.int32))
    assert classes.tolist() == list(range(9))


def test_percussion_outside_the_classes_has_none() -> None:
    """A whistle at 71 is a closed hi-hat to Magenta; nothing is known above 87."""
    assert drums.drum_class(np.array([0, 88, 127], np.int32)).tolist() == [-1, -1, -1]
