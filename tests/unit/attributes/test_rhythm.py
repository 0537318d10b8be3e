"""Where in the bar notes begin."""

from __future__ import annotations

import pytest

from midime_engine.attributes.passage import Passages
from midime_engine.attributes.registry import find
from tests.support.passages import drummed, sung


@pytest.mark.parametrize(
    ("text", "n_steps", "share"),
    [
        ("C4 . . . " * 8, 32, 0.0),
        (". . C4 . . . C4 . . . C4 . . . C4 .", 32, 1.0),
        ("C4 . . C4 . . C4 . . . . . C4 . . .", 16, 0.5),
        ("C4 C4 C4 C4 " * 4, 16, 0.0),
        (". . . . C4 . . . . . . . C4 . . .", 32, 1.0),
    ],
)
def test_a_note_across_a_stronger_place_is_syncopated(text, n_steps, share) -> None:
    """Four on the beat none, four between all, the tresillo two of four, beats 2 and 4 both."""
    assert find("syncopation").measure(sung(text, n_steps=n_steps)) == share


def test_what_comes_after_the_end_is_no_accent() -> None:
    """A last note that is held until the passage ends crosses nothing."""
    assert find("syncopation").measure(sung("C4" + " ." * 13 + " C4", n_steps=16)) == 0.0
    assert find("syncopation").measure(sung("C4" + " ." * 13 + " C4", n_steps=32)) == 0.5


def test_bars_of_three_quarters_have_no_half() -> None:
    """Eight sixteenths into 3/4 is beat three, which beat two does not yield to."""
    tune = sung(". . . . C4 . . . . . . .", n_steps=12, steps_per_bar=12)
    assert find("syncopation").measure(tune) == 0.0
    both = Passages.of([tune, sung(". . . . C4", n_steps=12)])
    assert find("syncopation").measures(both).tolist() == [0.0, 1.0]


def test_offbeats_and_off_sixteenths_count_places_in_the_beat() -> None:
    """One of four each."""
    tune = sung("C4 C4 C4 . C4")
    assert find("offbeats").measure(tune) == 0.25
    assert find("off_sixteenths").measure(tune) == 0.25
    assert find("off_sixteenths").measure(drummed("kh h . h")) == pytest.approx(2 / 3)


def test_a_rhythm_is_matched_whatever_the_pitches() -> None:
    """Exactly, and with one onset missing."""
    tresillo = "C4 . . E4 . . G4 . "
    assert find("rhythm").measure(sung(tresillo * 4), "x..x..x.") == 1.0
    assert find("rhythm").measure(
        sung("C4 . . E4 . . . . ", n_steps=8), "x..x..x."
    ) == pytest.approx(0.8)
    assert find("rhythm").measure(drummed("k . . s . . kh . ", n_steps=8), "x..x..x.") == 1.0
