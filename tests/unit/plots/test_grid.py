"""Bars and beats."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.plots.grid import Grid
from tests.support.notes import sequence


def _sequence(seconds: float, *signatures: tuple[float, int, int], qpm: float = 60.0):
    built = sequence(total_time=seconds)
    built.tempos.add(qpm=qpm)
    for time, numerator, denominator in signatures:
        built.time_signatures.add(time=time, numerator=numerator, denominator=denominator)
    return built


def test_without_a_signature_the_metre_is_common_time() -> None:
    """Eight quarters are two bars of four beats."""
    grid = Grid.of(_sequence(8))
    positions, numbers = grid.bar_lines(at_most=100)
    assert (grid.n_bars, grid.end) == (2, 8)
    assert (positions.tolist(), numbers.tolist()) == ([0, 4], [0, 1])
    assert grid.beat_lines(at_most=100).tolist() == [1, 2, 3, 5, 6, 7]


def test_the_last_bar_is_shown_in_full() -> None:
    """A song that stops in the middle of a bar ends at its bar line."""
    assert Grid.of(_sequence(5)).end == 8


def test_an_empty_sequence_has_one_bar() -> None:
    """There is always something to draw on."""
    assert Grid.of(sequence()).n_bars == 1


def test_a_change_of_metre_changes_the_bars_from_there() -> None:
    """Two bars of 3/4, then 6/8: beats become eighths, numbers go on."""
    grid = Grid.of(_sequence(12, (0, 3, 4), (6, 6, 8)))
    positions, numbers = grid.bar_lines(at_most=100)
    assert positions.tolist() == [0, 3, 6, 9]
    assert numbers.tolist() == [0, 1, 2, 3]
    bar, beat = grid.position(np.array([0.0, 4.0, 6.5, 9.0]))
    assert bar.tolist() == [0, 1, 2, 3]
    np.testing.assert_allclose(beat, [1, 2, 2, 1], atol=1e-5)
    assert grid.beats(np.array([1.0, 1.0]), np.array([0.0, 6.0])).tolist() == [1, 2]


def test_a_metre_that_begins_within_a_bar_begins_a_bar() -> None:
    """As notation programs do: the short bar counts."""
    grid = Grid.of(_sequence(10, (0, 4, 4), (6, 2, 4)))
    positions, _ = grid.bar_lines(at_most=100)
    assert positions.tolist() == [0, 4, 6, 8]
    assert grid.n_bars == 4


def test_tempo_changes_do_not_move_bars() -> None:
    """The grid is counted in quarter notes, whatever a quarter note lasts."""
    built = _sequence(8, qpm=60)
    built.tempos.add(time=4, qpm=120)
    grid = Grid.of(built)
    assert grid.end == 12
    assert grid.quarters(np.array([4.0, 6.0])).tolist() == [4, 8]


def test_a_moment_just_before_a_bar_line_belongs_to_the_next_bar() -> None:
    """Rounding of times does not put a downbeat at the end of the bar before."""
    bar, beat = Grid.of(_sequence(8)).position(np.array([4 - 1e-9]))
    assert bar.tolist() == [1]
    np.testing.assert_allclose(beat, [1], atol=1e-5)


def test_many_bars_are_thinned_to_what_can_be_seen() -> None:
    """A hundred bars under a limit of thirty: every fourth, and no beats."""
    grid = Grid.of(_sequence(400))
    _, numbers = grid.bar_lines(at_most=30)
    assert numbers.tolist() == list(range(0, 100, 4))
    assert len(grid.beat_lines(at_most=100)) == 0


@pytest.mark.parametrize("qpm", [1e9, 0.001])
def test_absurd_tempos_cost_nothing(qpm: float) -> None:
    """A file may claim billions of bars; none of them is made one by one."""
    grid = Grid.of(_sequence(1200, (0, 1, 32), qpm=qpm))
    positions, _ = grid.bar_lines(at_most=96)
    assert 1 <= len(positions) <= 97
    assert len(grid.beat_lines(at_most=130)) <= 130


def test_senseless_signatures_are_passed_over() -> None:
    """A denominator of zero divides nothing."""
    assert Grid.of(_sequence(8, (0, 4, 0), (0, 0, 4))).n_bars == 2
