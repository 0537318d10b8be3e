"""Playback: what it accepts and what follows from it."""

from __future__ import annotations

import math
from typing import Any

import pytest

from midime_engine.music.playback import Playback


@pytest.mark.parametrize(
    ("numerator", "denominator", "steps"), [(4, 4, 16), (3, 4, 12), (7, 8, 14), (3, 32, 1.5)]
)
def test_a_bar_is_counted_in_sixteenths(numerator: int, denominator: int, steps: float) -> None:
    """The metre says how many steps a bar has, even if they are no whole number."""
    assert Playback(numerator=numerator, denominator=denominator).steps_per_bar == steps


def test_a_step_lasts_a_quarter_of_a_beat() -> None:
    """At 90 quarter notes per minute a sixteenth lasts a sixth of a second."""
    assert math.isclose(Playback(qpm=90).seconds_per_step, 1 / 6)


@pytest.mark.parametrize(
    "wrong",
    [
        {"qpm": 0.0},
        {"qpm": math.nan},
        {"numerator": 0},
        {"denominator": 3},
        {"n_steps": 0},
        {"programs": (128,)},
        {"velocities": (0,)},
    ],
)
def test_what_no_midi_file_can_say_is_refused(wrong: dict[str, Any]) -> None:
    """A playback that could not be written down is a programming mistake."""
    with pytest.raises(ValueError, match="got"):
        Playback(**wrong)
