"""Overlaps of distributions, counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.metrics.similarity import (
    DRUM_FEATURES,
    PITCHED_FEATURES,
    histograms,
    overlap,
    similarity,
)


def _melody(*windows: list[int]) -> np.ndarray:
    """Windows of pitches, with 0 for nothing and 1 for note off."""
    tokens = np.array(windows)
    return np.where(tokens > 1, tokens - 19, tokens)[:, :, None]


def _bins(counts: np.ndarray) -> dict[int, int]:
    return {int(i): int(counts[i]) for i in np.flatnonzero(counts)}


def test_every_feature_of_a_melody_by_hand() -> None:
    """Two windows of two bars of four steps; the second has one long leap and one silent bar."""
    tokens = _melody([60, 0, 64, 1, 0, 72, 0, 0], [60, 90, 0, 0, 0, 0, 0, 1])
    found = histograms(tokens, parts=("melody",), steps_per_bar=4)["melody"]
    assert tuple(found) == PITCHED_FEATURES
    assert _bins(found["pitch_class"]) == {0: 3, 4: 1, 6: 1}
    assert _bins(found["interval"]) == {13 + 4: 1, 13 + 8: 1, 26: 1}
    assert _bins(found["duration"]) == {1: 2, 2: 1, 3: 1, 6: 1}
    assert _bins(found["onset_position"]) == {0: 2, 1: 2, 2: 1}
    assert _bins(found["notes_per_bar"]) == {1: 1, 2: 2}


def test_every_feature_of_drums_by_hand() -> None:
    """Kick and hat together are two hits; masks are sums of powers of two."""
    tokens = np.array([[5, 0, 4, 0, 0, 0, 0, 0], [0, 0, 0, 0, 1, 2, 0, 256]])[:, :, None]
    found = histograms(tokens, parts=("drums",), steps_per_bar=4)["drums"]
    assert tuple(found) == DRUM_FEATURES
    assert _bins(found["drum_class"]) == {0: 2, 1: 1, 2: 2, 8: 1}
    assert _bins(found["onset_position"]) == {0: 3, 1: 1, 2: 1, 3: 1}
    assert _bins(found["hits_per_bar"]) == {3: 2}
    assert _bins(found["drum_pair"]) == {1: 1}


def test_every_two_drums_that_are_struck_together_are_a_pair() -> None:
    """Kick, snare and ride at one step are three pairs; a hat alone is none."""
    found = histograms(np.array([[[259], [4]]]), parts=("drums",), steps_per_bar=4)["drums"]
    assert len(found["drum_pair"]) == 36
    assert _bins(found["drum_pair"]) == {0: 1, 7: 1, 14: 1}


def test_intervals_are_not_taken_across_windows() -> None:
    """Samples are pieces of their own; their order says nothing."""
    found = histograms(_melody([60, 0], [72, 0]), parts=("melody",), steps_per_bar=2)
    assert found["melody"]["interval"].sum() == 0


def test_leaps_beyond_an_octave_share_a_bin_each_way() -> None:
    """An octave itself has its own bin."""
    tokens = _melody([60, 72, 60, 73, 60, 100, 60, 60])
    found = histograms(tokens, parts=("melody",), steps_per_bar=8)["melody"]["interval"]
    assert _bins(found) == {0: 2, 1: 1, 13: 1, 25: 1, 26: 2}


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ([1, 1], [2, 2], 1.0),
        ([1, 0], [0, 3], 0.0),
        ([3, 1], [1, 1], 0.75),
        ([1, 1, 2], [1], 0.25),
        ([0, 0], [0], 1.0),
        ([0, 0], [1, 0], 0.0),
    ],
)
def test_overlap_is_the_shared_area(one: list[int], other: list[int], shared: float) -> None:
    """Counts are normalised first; silence is like silence and unlike music."""
    assert overlap(np.array(one), np.array(other)) == pytest.approx(shared)
    assert overlap(np.array(other), np.array(one)) == pytest.approx(shared)


def test_overlap_is_never_more_than_one() -> None:
    """Shares of sevenths add up to 1.0000000000000002."""
    counts = [np.random.default_rng(seed).integers(1, 50, 40) for seed in range(200)]
    assert max(overlap(one, one) for one in counts) == 1.0


def test_a_song_is_fully_similar_to_itself_in_any_order() -> None:
    """Also when every window is there twice."""
    rng = np.random.default_rng(0)
    song = np.where(rng.random([6, 32, 3]) < 0.3, rng.integers(1, 90, [6, 32, 3]), 0)
    parts = ("melody", "bass", "drums")
    shuffled = np.concatenate([song[::-1], song])
    found = similarity(song, shuffled, parts=parts, steps_per_bar=16)
    assert tuple(found) == parts
    assert all(v == pytest.approx(1.0) for part in found.values() for v in part.values())


def test_each_part_is_compared_with_its_own() -> None:
    """A melody an octave higher keeps its pitch classes; the bass falls silent."""
    song = np.concatenate([_melody([60, 0, 62, 1])] * 2, axis=2)
    samples = np.concatenate([_melody([72, 74, 0, 0]), _melody([0, 0, 0, 0])], axis=2)
    found = similarity(song, samples, parts=("melody", "bass"), steps_per_bar=4)
    assert found["melody"] == {
        "pitch_class": 1.0,
        "interval": 1.0,
        "duration": 0.5,
        "onset_position": 0.5,
        "notes_per_bar": 1.0,
    }
    assert set(found["bass"].values()) == {0.0}


def test_nothing_is_like_nothing() -> None:
    """No windows, or silent ones, on both sides."""
    nothing, silence = np.zeros([0, 8, 1], int), np.zeros([3, 8, 1], int)
    found = similarity(nothing, silence, parts=("melody",), steps_per_bar=4)
    assert set(found["melody"].values()) == {1.0}
