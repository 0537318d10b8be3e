"""Keys, scales, chords, the first and the last note."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.attributes.harmony import pitch_classes
from midime_engine.attributes.passage import passages
from midime_engine.attributes.registry import find
from midime_engine.converters.tokens import transpose
from midime_engine.errors import RuleError
from tests.support.passages import TRIO, random_tokens, sung, trio


@pytest.mark.parametrize(
    ("text", "key", "share"),
    [
        ("C4 D4 E4 F4", "C major", 1.0),
        ("C4 D4 E4 F#4", "C major", 0.75),
        ("C4 D4 E4 F#4", "G major", 1.0),
        ("A4 . . . G#4", "A minor", 0.5),
        ("C#4", "C major", 0.0),
    ],
)
def test_the_share_of_a_key_counts_notes_not_lengths(text, key, share) -> None:
    """A long note is one note."""
    assert find("key").measure(sung(text), key) == share


def test_a_scale_may_be_any_there_is() -> None:
    """D dorian has no B flat, D minor has."""
    tune = sung("D4 F4 A4 B4")
    assert find("scale").measure(tune, "D dorian") == 1.0
    assert find("scale").measure(tune, "D minor") == 0.75


def test_the_key_of_a_trio_is_that_of_melody_and_bass() -> None:
    """Drums have no key."""
    assert find("key").measure(trio("C4", "C#3", "k s"), "C major") == 0.5


def test_a_tune_and_its_key_may_be_moved_together(rng) -> None:
    """Three semitones up, C major becomes E flat major."""
    tokens = random_tokens(rng, TRIO)
    moved = transpose(tokens, 3, parts=TRIO)
    before = find("key").measures(passages(tokens, parts=TRIO), "C major")
    after = find("key").measures(passages(moved, parts=TRIO), "Eb major")
    assert np.allclose(before, after)


def test_notes_to_avoid_are_avoided_in_every_octave() -> None:
    """One of four."""
    assert find("avoid").measure(sung("F3 C4 E4 G5"), "F,B") == 0.75
    assert find("avoid").measure(sung("C4 E4"), "F,B") == 1.0


def test_each_bar_has_its_chord() -> None:
    """C in the first, A minor in the second, and C again in the third."""
    tune = sung("C4 . E4 . . . . . . . . . . . . . A4 . B4", n_steps=48)
    assert find("chords").measure(tune, "C Am") == 0.75
    assert find("chords").measure(tune, "Am C") == 0.5


def test_the_chords_begin_again_after_the_last() -> None:
    """Bar three is the first chord."""
    third = sung(" ".join(["."] * 32 + ["C4"]), n_steps=48)
    assert find("chords").measure(third, "C F#") == 1.0


def test_more_chords_than_bars_share_the_passage() -> None:
    """Four in two bars change every half bar."""
    tune = sung("C4 . . . . . . . A4 . . . . . . . F4 . . . . . . . G4")
    assert find("chords").measure(tune, "C Am F G") == 1.0
    assert find("chords").measure(tune, "G F Am C") < 1.0


def test_the_first_and_the_last_note_may_be_told() -> None:
    """By name or by degree, rests before and after."""
    tune = sung(". . E4 . F4 . G3 . off")
    assert find("start").measure(tune, "E") == 1.0
    assert find("start").measure(tune, "3 of C major") == 1.0
    assert find("start").measure(tune, "C,G") == 0.0
    assert find("end").measure(tune, "5 of C major") == 1.0
    assert find("end").measure(tune, "E") == 0.0


@pytest.mark.parametrize(
    ("text", "classes"),
    [("C", {0}), ("C, E G", {0, 4, 7}), ("1 of A minor", {9}), ("1,3,5 of G major", {7, 11, 2})],
)
def test_notes_are_names_or_degrees(text, classes) -> None:
    """Separated as one likes."""
    assert pitch_classes(text) == classes


@pytest.mark.parametrize("text", ["", ",", "H", "7 of C blues", "9 of C major", "1 of"])
def test_what_names_no_note_is_refused(text) -> None:
    """A degree that the scale has not is none."""
    with pytest.raises(RuleError):
        pitch_classes(text)
