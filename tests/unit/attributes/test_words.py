"""Names of pitches."""

from __future__ import annotations

import pytest

from midime_engine.attributes.words import (
    near,
    pitch,
    pitch_class,
    pitch_class_name,
    pitch_name,
)
from midime_engine.errors import RuleError


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("C", 0),
        ("c", 0),
        (" F# ", 6),
        ("Gb", 6),
        ("F sharp", 6),
        ("B flat", 10),
        ("E♭", 3),
        ("Cb", 11),
        ("b", 11),
        ("bb", 10),
    ],
)
def test_a_pitch_class_may_be_typed_as_musicians_do(text, number) -> None:
    """Sharps and flats as signs or words."""
    assert pitch_class(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("C4", 60),
        ("60", 60),
        ("c#5", 73),
        ("Bb3", 58),
        ("Cb4", 59),
        ("B#3", 60),
        ("A0", 21),
        ("C-1", 0),
        ("G9", 127),
    ],
)
def test_a_pitch_is_a_name_with_an_octave_or_a_number(text, number) -> None:
    """C4 is middle C."""
    assert pitch(text) == number


@pytest.mark.parametrize("text", ["H", "C4", "", "sharp", "C!", "Do"])
def test_what_names_no_pitch_class_is_refused(text) -> None:
    """With the way to write one."""
    with pytest.raises(RuleError) as error:
        pitch_class(text)
    assert "A to G" in error.value.remedy


@pytest.mark.parametrize("text", ["C", "128", "-1", "G#9", "H4", "", "4C"])
def test_what_names_no_pitch_is_refused(text) -> None:
    """Nothing beyond MIDI's 128."""
    with pytest.raises(RuleError):
        pitch(text)


def test_names_are_read_back() -> None:
    """Every pitch, every class."""
    assert [pitch(pitch_name(number)) for number in range(128)] == list(range(128))
    assert [pitch_class(pitch_class_name(number)) for number in range(12)] == list(range(12))


def test_a_word_that_is_nearly_right_is_corrected() -> None:
    """Otherwise everything that there is is told."""
    assert near("rythm", ["rhythm", "key"]) == "Did you mean rhythm?"
    assert near("xyzzy", ["rhythm", "key"]) == "There are rhythm, key."
