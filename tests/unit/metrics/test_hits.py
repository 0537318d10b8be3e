"""Precision and recall of drum hits, counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.metrics.hits import hit_accuracy
from tests.support.melodies import drums


def test_every_hit_counts_for_itself() -> None:
    """Of four hits one is lost, and one of the four that came back was never there."""
    found = hit_accuracy(drums("kh . s h"), drums("k . sh h"))
    assert (found.precision, found.recall) == (3 / 4, 3 / 4)
    assert found.f1 == pytest.approx(3 / 4)


def test_f1_is_the_harmonic_mean() -> None:
    """One of two decoded hits is right, and it is one of four."""
    found = hit_accuracy(drums("k k k k"), drums("k . . s"))
    assert (found.precision, found.recall) == (1 / 2, 1 / 4)
    assert found.f1 == pytest.approx(2 * (1 / 2) * (1 / 4) / (1 / 2 + 1 / 4))


def test_silence_that_stays_silent_is_perfect() -> None:
    """There was nothing to find."""
    found = hit_accuracy(drums(". ."), drums(". ."))
    assert (found.precision, found.recall, found.f1) == (1.0, 1.0, 1.0)


def test_music_that_falls_silent_is_lost() -> None:
    """A share of no decoded hits is 0 when there were hits."""
    found = hit_accuracy(drums("k s"), drums(". ."))
    assert (found.precision, found.recall, found.f1) == (0.0, 0.0, 0.0)


def test_all_nine_classes_are_hits() -> None:
    """The highest bit too."""
    full, without_ride = np.array([511]), np.array([255])
    assert hit_accuracy(full, without_ride).recall == pytest.approx(8 / 9)


def test_shapes_must_agree() -> None:
    """Broadcasting would compare what nobody asked for."""
    with pytest.raises(ValueError, match="Shapes differ"):
        hit_accuracy(drums("k s"), drums("k"))
