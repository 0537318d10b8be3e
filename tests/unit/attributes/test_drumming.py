"""Drums, and bass with drums."""

from __future__ import annotations

import pytest

from midime_engine.attributes.drumming import DRUMS, DrumRhythm
from midime_engine.attributes.registry import find
from midime_engine.errors import RuleError
from tests.support.passages import drummed, sung, trio

_ROCK = "kh . h . sh . h . kh . h . sh . h . "


def test_a_drum_is_present_in_the_bars_that_have_it() -> None:
    """However often."""
    beat = drummed(_ROCK + "k k k k c")
    assert find("drum").measure(beat, "kick") == 1.0
    assert find("drum").measure(beat, "snare") == 0.5
    assert find("drum").measure(beat, "ride") == 0.0
    assert find("drum").measure(beat, "crash") == 0.5


def test_drums_have_families_and_other_names() -> None:
    """Either hi-hat is a hi-hat; a bass drum is a kick."""
    assert find("drum").measure(drummed("o" + " ." * 15 + " h"), "hat") == 1.0
    assert find("drum").measure(drummed("k", n_steps=16), "Bass  drum") == 1.0
    with pytest.raises(RuleError) as error:
        find("drum").value("snair")
    assert "snare" in error.value.remedy


def test_the_rhythm_of_a_drum_leaves_the_others_alone() -> None:
    """The snare stands on two and four."""
    beat = drummed(_ROCK * 2)
    assert find("drum_rhythm").measure(beat, "snare ....x...") == 1.0
    assert find("drum_rhythm").measure(beat, "kick x...x...") == pytest.approx(2 / 3)


@pytest.mark.parametrize("drum", DRUMS)
def test_every_drum_can_be_given_a_rhythm(drum) -> None:
    """Also those with blanks and dashes in their names."""
    wished = DrumRhythm.named(f"{drum} x..x")
    assert wished == (drum, "x..x")
    assert DrumRhythm.named(wished.name) == wished


@pytest.mark.parametrize("text", ["", "x..x", "kick", "kick ....", "kik x..x", "kick x..y"])
def test_what_is_no_rhythm_of_a_drum_is_refused(text) -> None:
    """Either half may be missing."""
    with pytest.raises(RuleError):
        DrumRhythm.named(text)


def test_the_backbeat_is_a_snare_on_two_and_four() -> None:
    """Of four there, one is missing; what else the snare does is free."""
    assert find("backbeat").measure(drummed(_ROCK * 2)) == 1.0
    assert find("backbeat").measure(drummed(_ROCK + "s . . . s")) == 0.75
    assert find("backbeat").measure(drummed("k . . . s", n_steps=12, steps_per_bar=12)) == 1.0
    assert find("backbeat").measure(drummed("s", n_steps=4, steps_per_bar=4)) == 0.0


def test_four_on_the_floor_is_a_kick_on_every_quarter() -> None:
    """Rock has half of them."""
    assert find("four_on_the_floor").measure(drummed("k . . . " * 8)) == 1.0
    assert find("four_on_the_floor").measure(drummed(_ROCK * 2)) == 0.5


def test_bass_and_kick_begin_together() -> None:
    """Both, one of three, and never without drums."""
    assert find("bass_follows_kick").measure(trio("", "C3 . C3", "k . ks")) == 1.0
    assert find("bass_follows_kick").measure(trio("", "C3 C3", "k . k")) == 0.5
    assert find("bass_follows_kick").measure(trio("C4", "C3", "s")) == 0.0
    assert find("bass_follows_kick").measure(sung("C4")) == 0.0
