from __future__ import annotations

import numpy as np
import pytest

from midime_engine.pretraining.bounds import spread, window_bounds


def lines(*lengths: int) -> np.ndarray:
    """Bar lines of bars with these lengths."""
    return np.cumsum([0, *lengths]).astype(np.int32)


def test_windows_advance_by_a_bar() -> None:
    """Four bars make three windows of two."""
    assert list(window_bounds(lines(*[16] * 4), 32)) == [(0, 32), (16, 48), (32, 64)]


def test_a_waltz_leaves_the_rest_of_a_window_free() -> None:
    """Two bars of 3/4 take 24 steps of 32."""
    assert list(window_bounds(lines(12, 12, 12), 32)) == [(0, 24), (12, 36)]


@pytest.mark.parametrize(("bar", "starts"), [(8, [0, 16, 32]), (6, [0, 12, 24])])
def test_short_bars_are_taken_together(bar: int, starts: list[int]) -> None:
    """As many as a bar of 4/4 holds."""
    bounds = list(window_bounds(lines(*[bar] * (64 // bar)), 32))
    assert [start for start, _ in bounds][: len(starts)] == starts
    assert all(end - start == 32 // bar * bar for start, end in bounds)


def test_a_song_shorter_than_a_window_is_one_window() -> None:
    """As short as it is."""
    assert list(window_bounds(lines(16), 32)) == [(0, 16)]


def test_a_change_of_metre_shortens_the_window_before_it() -> None:
    """Windows end on bar lines, whatever their length."""
    assert list(window_bounds(lines(16, 12, 12, 12), 32)) == [(0, 28), (16, 40), (28, 52)]


def test_bars_longer_than_a_window_give_none() -> None:
    """And neither does a song without bars."""
    assert list(window_bounds(lines(40, 40), 32)) == []
    assert list(window_bounds(lines(40, 16, 16), 32)) == [(40, 72)]
    assert list(window_bounds(np.zeros(0, np.int32), 32)) == []


def test_few_of_many_come_from_all_over() -> None:
    """And all of a few."""
    assert spread(list(range(100)), 4) == [0, 25, 50, 75]
    assert spread([1, 2], 4) == [1, 2]
