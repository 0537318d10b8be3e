"""How much is played, and how long."""

from __future__ import annotations

import pytest

from midime_engine.attributes.passage import Passage
from midime_engine.attributes.registry import find
from midime_engine.errors import RuleError
from tests.support.notes import sequence
from tests.support.passages import drummed, sung, trio


@pytest.mark.parametrize(
    ("text", "share"), [("C4 " * 32, 1.0), ("C4 . " * 8, 0.25), ("C4", 1 / 32)]
)
def test_density_is_the_share_of_sixteenths_with_an_onset(text, share) -> None:
    """Of two bars."""
    assert find("density").measure(sung(text)) == share


def test_what_begins_together_counts_once() -> None:
    """Kick and hat; two notes of a chord."""
    assert find("density").measure(drummed("kh . s .", n_steps=4)) == 0.5
    chord = Passage.of(sequence([(0.0, 0.25, 60), (0.0, 0.25, 64)]))
    assert find("density").measure(chord) == 0.5


def test_the_density_of_a_trio_is_that_of_its_melody_unless_told_otherwise() -> None:
    """Each part may be meant."""
    band = trio("C4", "C3 C3", "k k k")
    found = [find("density").measure(band, part) * 32 for part in ("", "melody", "bass", "drums")]
    assert found == [1, 1, 2, 3]
    with pytest.raises(RuleError, match="drum"):
        find("density").measure(band, "drum")


def test_rests_are_where_the_lead_is_silent() -> None:
    """Before, between and after; held notes are no rests."""
    assert find("rests").measure(sung(". C4 . off . E4 . .", n_steps=8)) == 3 / 8
    assert find("rests").measure(sung("C4 . . .", n_steps=4)) == 0.0


def test_a_length_counts_the_notes_that_have_it() -> None:
    """An eighth, a quarter and what is left of the bar."""
    tune = sung("C4 . D4 . . . E4 . . .", n_steps=16)
    assert find("length").measure(tune, "eighth") == pytest.approx(1 / 3)
    assert find("length").measure(tune, "eighth-quarter") == pytest.approx(2 / 3)
    assert find("length").measure(tune, "10") == pytest.approx(1 / 3)


def test_legato_is_holding_until_the_next_note() -> None:
    """The last one until the end."""
    assert find("legato").measure(sung("C4 . D4 off E4 .", n_steps=6)) == pytest.approx(2 / 3)
    assert find("legato").measure(sung("C4 . D4 . E4 off", n_steps=6)) == pytest.approx(2 / 3)
    assert find("legato").measure(sung("C4 . D4 .", n_steps=4)) == 1.0
