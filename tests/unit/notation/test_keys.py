"""Keys and spelling, as a musician would write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midime_engine.notation.keys import C_MAJOR, Key, estimate, spell

MAJOR = (0, 2, 4, 5, 7, 9, 11, 12)
HARMONIC_MINOR = (0, 2, 3, 5, 7, 8, 11, 12)


def scale(tonic: int, steps: tuple[int, ...]) -> list[tuple[int, int]]:
    """Up, with a long tonic at both ends."""
    return [(60 + tonic + step, 4 if step % 12 == 0 else 2) for step in steps]


@pytest.mark.parametrize(
    ("tonic", "fifths"),
    [(0, 0), (7, 1), (2, 2), (9, 3), (4, 4), (11, 5), (6, 6), (5, -1), (10, -2), (3, -3), (8, -4)],
)
def test_a_major_scale_has_its_signature(tonic: int, fifths: int) -> None:
    """From four flats to six sharps."""
    assert estimate(scale(tonic, MAJOR)) == Key(fifths, is_minor=False)


@pytest.mark.parametrize(
    ("tonic", "fifths"), [(9, 0), (4, 1), (11, 2), (2, -1), (7, -2), (0, -3), (5, -4)]
)
def test_a_minor_scale_has_that_of_its_relative(tonic: int, fifths: int) -> None:
    """A minor has none."""
    assert estimate(scale(tonic, HARMONIC_MINOR)) == Key(fifths, is_minor=True)


def test_without_notes_there_is_no_signature() -> None:
    """Nor where all sound alike."""
    assert estimate([]) == C_MAJOR
    assert estimate([(pitch, 1) for pitch in range(60, 72)]) == C_MAJOR


@pytest.mark.parametrize(
    ("pitch", "key", "written"),
    [
        (60, Key(0), "C4"),
        (61, Key(0), "C#4"),
        (63, Key(0), "Eb4"),
        (70, Key(0), "Bb4"),
        (68, Key(0, is_minor=True), "G#4"),  # the leading note of A minor
        (63, Key(4), "D#4"),
        (63, Key(-3), "Eb4"),
        (71, Key(-3, is_minor=True), "B4"),  # the leading note of C minor
        (59, Key(-5), "Cb4"),  # belongs to the octave of its C
        (60, Key(6), "B#3"),
        (21, Key(0), "A0"),
        (108, Key(0), "C8"),
    ],
)
def test_a_pitch_is_called_what_its_key_calls_it(pitch: int, key: Key, written: str) -> None:
    """Sharps upwards, flats downwards, and the raised notes of minor."""
    step, alter, octave = spell(pitch, key)
    assert f"{step}{'#' * alter}{'b' * -alter}{octave}" == written


@given(st.integers(0, 127), st.integers(-5, 6))
def test_what_is_written_is_what_sounds(pitch: int, fifths: int) -> None:
    """Whatever the key."""
    step, alter, octave = spell(pitch, Key(fifths))
    natural = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}[step]
    assert 12 * (octave + 1) + natural + alter == pitch
    assert abs(alter) <= 2


@given(st.integers(-5, 6))
def test_the_scale_of_a_key_needs_no_accidentals(fifths: int) -> None:
    """That is what a signature is for: each letter once, all altered as it says."""
    tonic = fifths * 7 % 12
    written = [spell(60 + tonic + step, Key(fifths)) for step in MAJOR[:-1]]
    assert len({each.step for each in written}) == 7
    assert sum(each.alter for each in written) == fifths
