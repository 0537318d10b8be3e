"""Note values add up, and show the beat."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midime_engine.notation.values import VALUES, beat_length, split


@pytest.mark.parametrize(
    ("metre", "beat"),
    [((4, 4), 4), ((3, 4), 4), ((2, 2), 8), ((6, 8), 6), ((12, 8), 6), ((7, 8), 2), ((3, 8), 2)],
)
def test_a_beat_is_what_a_conductor_beats(metre: tuple[int, int], beat: int) -> None:
    """Three eighths in 6/8."""
    assert beat_length(*metre) == beat


@pytest.mark.parametrize(
    ("start", "length", "beat", "pieces"),
    [
        (0, 16, 4, [16]),
        (0, 12, 4, [12]),
        (4, 8, 4, [8]),
        (0, 6, 4, [6]),
        (0, 3, 4, [3]),
        (1, 2, 4, [2]),
        (2, 4, 4, [4]),  # eighth, quarter, eighth
        (6, 4, 4, [2, 2]),  # but not across the middle of the bar
        (3, 5, 4, [1, 4]),
        (3, 2, 4, [1, 1]),
        (2, 6, 4, [2, 4]),
        (0, 5, 4, [4, 1]),
        (0, 7, 4, [6, 1]),
        (0, 12, 6, [12]),
        (4, 4, 6, [2, 2]),
        (0, 10, 6, [6, 4]),
    ],
)
def test_lengths_are_written_as_readers_expect(
    start: int, length: int, beat: int, pieces: list[int]
) -> None:
    """One note where it shows the beat, tied ones where it would hide it."""
    assert split(start, length, beat=beat) == pieces


@given(st.integers(0, 31), st.integers(1, 64), st.sampled_from([1, 2, 4, 6, 8]))
def test_the_pieces_are_note_values_and_fill_the_length(start: int, length: int, beat: int) -> None:
    """Whatever is asked for."""
    pieces = split(start, length, beat=beat)
    assert sum(pieces) == length
    assert set(pieces) <= set(VALUES)
