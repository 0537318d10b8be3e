"""Moves from note to note, and shapes."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.attributes.motion import CONTOURS
from midime_engine.attributes.passage import passages
from midime_engine.attributes.registry import find
from midime_engine.converters.tokens import transpose
from midime_engine.errors import RuleError
from tests.support.passages import random_tokens, sung


def test_a_leap_is_small_when_it_spans_no_more_than_is_said() -> None:
    """A third, a fifth, an octave."""
    tune = sung("C4 E4 B4 B3")
    found = [find("leap").measure(tune, widest) for widest in ("3", "4", "7", "12")]
    assert found == pytest.approx([0, 1 / 3, 2 / 3, 1])


def test_a_single_note_leaps_nowhere() -> None:
    """Nor does it step."""
    assert find("leap").measure(sung("C4"), "0") == 1.0
    assert find("stepwise").measure(sung("C4")) == 0.0


def test_steps_are_moves_by_one_or_two_semitones() -> None:
    """A repeated note is no move at all."""
    assert find("stepwise").measure(sung("C4 D4 D4 C#4 E4")) == pytest.approx(2 / 3)
    assert find("stepwise").measure(sung("C4 C4 C4")) == 0.0


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("C4 . D4 . E4 . F4", "rising"),
        ("F4 . E4 . D4 . C4", "falling"),
        ("C4 . F4 . G4 . F4 . C4", "arch"),
        ("G4 . D4 . C4 . D4 . G4", "valley"),
        ("C4 . C4 . C4", "level"),
    ],
)
def test_a_melody_has_the_shape_that_one_hears(text, shape) -> None:
    """Above 0.9 for its own, below a half for every other."""
    found = {each: find("contour").measure(sung(text), each) for each in CONTOURS}
    assert found.pop(shape) > 0.9
    others = {each: value for each, value in found.items() if each != "level"}
    assert max(others.values()) < 0.5


def test_exact_lines_and_parabolas_are_worth_one() -> None:
    """Also with rests before and after."""
    assert find("contour").measure(sung(". . C4 . D4 . E4 . off"), "rising") == pytest.approx(1)
    arch = sung("C4 . D#4 . E4 . D#4 . C4")
    assert find("contour").measure(arch, "arch") == pytest.approx(1)
    assert find("contour").measure(arch, "valley") == 0.0


def test_level_falls_with_the_spread_of_the_pitches() -> None:
    """Half an octave of standard deviation is the end."""
    assert find("contour").measure(sung("C4 C5 C4 C5"), "level") == 0.0
    assert find("contour").measure(sung("C4 F#4 C4 F#4"), "level") == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("rule", "argument"),
    [("leap", "5"), ("stepwise", ""), *(("contour", shape) for shape in CONTOURS)],
)
def test_motion_is_the_same_in_every_key(rule, argument, rng) -> None:
    """Five semitones up."""
    tokens = random_tokens(rng, ("melody",))
    moved = transpose(tokens, 5, parts=("melody",))
    before = find(rule).measures(passages(tokens, parts=("melody",)), argument)
    after = find(rule).measures(passages(moved, parts=("melody",)), argument)
    assert np.allclose(before, after)
    assert before.any()


@pytest.mark.parametrize(
    ("rule", "argument"), [("leap", "a"), ("leap", "-1"), ("leap", "99"), ("contour", "risng")]
)
def test_what_is_no_leap_and_no_shape_is_refused(rule, argument) -> None:
    """With a way out."""
    with pytest.raises(RuleError) as error:
        find(rule).value(argument)
    assert error.value.remedy
