"""What tells two windows apart to the ear."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.metrics.distance import distance, sounding
from tests.support.melodies import drums, melody


def _window(*lines: np.ndarray) -> np.ndarray:
    return np.stack(lines, axis=-1)[None]


def test_a_note_sounds_until_it_ends() -> None:
    """At a note off, at the next note or at the end of the window."""
    line = melody("off C4 . off . E4 G4 .")[None]
    c, e, g = line[0, [1, 5, 6]]
    assert sounding(line).tolist() == [[0, c, c, 0, 0, e, g, g]]


def test_a_wrong_long_note_is_wrong_as_long_as_it_sounds() -> None:
    """One token of eight, six steps of eight."""
    one, other = _window(melody("C4 . E4 . . . . .")), _window(melody("C4 . F4 . . . . ."))
    assert distance(one, other, parts=("melody",)).tolist() == [6 / 8]


def test_drums_are_told_apart_by_their_hits() -> None:
    """Two of three hits on either side are common."""
    one, other = _window(drums("kh . s .")), _window(drums("k . s h"))
    assert distance(one, other, parts=("drums",)) == pytest.approx([1 - 2 * 2 / 6])


def test_parts_count_alike() -> None:
    """The melody is another, the drums are the same."""
    beat = drums("k . s .")
    one, other = _window(melody("C4 . . ."), beat), _window(melody("D4 . . ."), beat)
    assert distance(one, other, parts=("melody", "drums")).tolist() == [0.5]


def test_equal_windows_are_no_distance_apart(rng) -> None:
    """Silent ones too."""
    tokens = rng.integers(0, 90, (5, 16, 3))
    tokens[0] = 0
    parts = ("melody", "bass", "drums")
    assert distance(tokens, tokens, parts=parts).tolist() == [0.0] * 5


def test_distance_is_symmetric(rng) -> None:
    """And never more than 1."""
    one, other = rng.integers(0, 90, (2, 20, 16, 3))
    parts = ("melody", "bass", "drums")
    there = distance(one, other, parts=parts)
    np.testing.assert_allclose(there, distance(other, one, parts=parts))
    assert there.max() <= 1.0


def test_windows_must_have_one_shape() -> None:
    """Row by row."""
    with pytest.raises(ValueError, match="Shapes differ"):
        distance(np.zeros((2, 8, 1), int), np.zeros((3, 8, 1), int), parts=("melody",))
