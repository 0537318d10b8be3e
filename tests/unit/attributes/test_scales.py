"""Scales and keys by name."""

from __future__ import annotations

import pytest

from midime_engine.attributes.scales import KEYS, SCALES, Scale, key_named, scale_named
from midime_engine.errors import RuleError


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("C major", "C major"),
        ("c  MAJOR", "C major"),
        ("F sharp minor", "F# minor"),
        ("Gb major", "F# major"),
        ("Am", "A minor"),
        ("Bbm", "Bb minor"),
        ("E♭ blues", "Eb blues"),
        ("D-dorian", "D dorian"),
        ("a natural minor", "A minor"),
        ("B ionian", "B major"),
        ("C pentatonic", "C major pentatonic"),
        ("C whole tone", "C whole tone"),
        ("G", "G major"),
    ],
)
def test_a_scale_is_found_by_the_names_that_people_use(text, name) -> None:
    """The written form is one of them."""
    assert scale_named(text).name == name
    assert scale_named(name).name == name


def test_every_scale_on_every_root_is_read_back() -> None:
    """What is written can be typed."""
    for kind in SCALES:
        for root in range(12):
            scale = Scale(root, kind)
            assert scale_named(scale.name) == scale
            assert len(set(scale.degrees)) == len(SCALES[kind])


def test_a_scale_holds_the_notes_that_theory_gives_it() -> None:
    """C major is white, A minor too, A blues has an E flat."""
    white = {0, 2, 4, 5, 7, 9, 11}
    assert set(scale_named("C major").degrees) == white
    assert set(scale_named("A minor").degrees) == white
    assert set(scale_named("D dorian").degrees) == white
    assert set(scale_named("A blues").degrees) == {9, 0, 2, 3, 4, 7}


def test_there_are_24_keys() -> None:
    """Twelve major, twelve minor."""
    assert len(set(KEYS)) == 24
    assert [key_named(name).name for name in KEYS] == list(KEYS)


@pytest.mark.parametrize("text", ["H major", "C dorain", "major", "", "Bob", "C major minor"])
def test_what_is_no_scale_is_refused(text) -> None:
    """With a way out."""
    with pytest.raises(RuleError) as error:
        scale_named(text)
    assert error.value.remedy


def test_a_slip_of_the_pen_is_corrected() -> None:
    """The nearest name is offered."""
    with pytest.raises(RuleError) as error:
        scale_named("C dorain")
    assert "dorian" in error.value.remedy


def test_a_mode_is_no_key() -> None:
    """The remedy is the rule that takes it."""
    with pytest.raises(RuleError) as error:
        key_named("C dorian")
    assert "scale=C dorian" in error.value.remedy
