"""Bars are accented where musicians tap their foot."""

from __future__ import annotations

import pytest

from midime_engine.music.strong_beats import strong_steps


@pytest.mark.parametrize(
    ("metre", "steps"),
    [
        ((4, 4), (0, 8)),
        ((2, 4), (0,)),
        ((2, 2), (0,)),
        ((4, 2), (0, 16)),
        ((3, 4), (0,)),
        ((3, 8), (0,)),
        ((6, 8), (0, 6)),
        ((9, 8), (0, 6, 12)),
        ((12, 8), (0, 6, 12, 18)),
        ((5, 4), (0,)),
        ((7, 8), (0,)),
        ((6, 32), (0, 2)),
    ],
)
def test_strong_beats_of_common_metres(metre: tuple[int, int], steps: tuple[int, ...]) -> None:
    """Pairs in even metres, threes in compound ones, the first alone in all others."""
    assert strong_steps(*metre) == steps
