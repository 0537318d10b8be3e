"""Chords by name."""

from __future__ import annotations

import pytest

from midime_engine.attributes.chord_names import KINDS, MAX_CHORDS, Chord, progression_named
from midime_engine.errors import RuleError


def test_a_progression_is_read_in_order() -> None:
    """Spaces, commas and bar lines stand between."""
    for text in ("C Am F G", "C, Am, F, G", "| C | Am | F | G |"):
        assert [chord.name for chord in progression_named(text)] == ["C", "Am", "F", "G"]


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("C", {0, 4, 7}),
        ("Am", {9, 0, 4}),
        ("G7", {7, 11, 2, 5}),
        ("Bbmaj7", {10, 2, 5, 9}),
        ("F#dim", {6, 9, 0}),
        ("B°", {11, 2, 5}),
        ("Dmin7", {2, 5, 9, 0}),
        ("Esus4", {4, 9, 11}),
        ("Caug", {0, 4, 8}),
    ],
)
def test_a_chord_holds_its_notes(text, classes) -> None:
    """Whatever its name is spelt like."""
    assert progression_named(text)[0].pitch_classes == classes


def test_every_chord_is_read_back() -> None:
    """What is written can be typed."""
    for kind in KINDS:
        for root in range(12):
            assert progression_named(Chord(root, kind).name) == (Chord(root, kind),)


@pytest.mark.parametrize("text", ["H", "Cfoo", "", " | ", "C " * (MAX_CHORDS + 1)])
def test_what_is_no_progression_is_refused(text) -> None:
    """Unknown, empty or endless."""
    with pytest.raises(RuleError) as error:
        progression_named(text)
    assert error.value.remedy
