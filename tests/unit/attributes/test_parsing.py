"""Wishes as they are typed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midime_engine.attributes.features import FEATURES
from midime_engine.attributes.parsing import MAX_WISHES, parse, parse_all
from midime_engine.attributes.registry import rules
from midime_engine.attributes.requirement import Requirement, Requirements
from midime_engine.attributes.syntax import MAX_LENGTH
from midime_engine.errors import ExpressionError, RuleError
from tests.support.passages import TRIO, random_passages


@pytest.mark.parametrize(
    ("text", "name", "argument", "comparison", "threshold", "weight"),
    [
        ("key=C major", "key", "C major", ">=", 1.0, 1.0),
        ("key = a minor >= 0.9", "key", "A minor", ">=", 0.9, 1.0),
        ("density>=0.5", "density", "", ">=", 0.5, 1.0),
        ("density <= 30%", "density", "", "<=", 0.3, 1.0),
        ("density=drums≥.25", "density", "drums", ">=", 0.25, 1.0),
        ("range=60-84", "range", "C4-C6", ">=", 1.0, 1.0),
        ("contour=rising weight=2", "contour", "rising", ">=", 0.7, 2.0),
        ("Rests", "rests", "", ">=", 0.25, 1.0),
        ("four on the floor", "four_on_the_floor", "", ">=", 1.0, 1.0),
        ("rhythm=x..x..x.", "rhythm", "x..x..x.", ">=", 0.8, 1.0),
        (
            "drum_rhythm=closed hi-hat x.x. >= 1",
            "drum_rhythm",
            "closed hi-hat x.x.",
            ">=",
            1.0,
            1.0,
        ),
        ("drum=crash<=0", "drum", "crash", "<=", 0.0, 1.0),
        ("chords=C Am F G WEIGHT = 0.5", "chords", "C Am F G", ">=", 0.8, 0.5),
        ("start=1 of A minor", "start", "A", ">=", 1.0, 1.0),
    ],
)
def test_a_rule_is_typed_as_one_would_say_it(  # noqa: PLR0917 - one column each
    text, name, argument, comparison, threshold, weight
) -> None:
    """Name, argument, comparison, weight; blanks and capitals do not matter."""
    wish = parse(text)
    found = (wish.rule.name, wish.argument, wish.comparison, wish.threshold, wish.weight)
    assert found == (name, argument, comparison, threshold, weight)


@pytest.mark.parametrize(
    "text",
    [
        "density > 0.4 and largest_leap <= 7",
        "stepwise * 0.7 + repetition * 0.3",
        "lowest>=48",
        "range <= 12",
        "density != 0.4",
        "(density + 1) != rests",
        "density >= stepwise",
        "0.2 <= density <= 0.4",
        "not density > 0.4",
        "(density >= 0.5)",
        "min(rests, stepwise) ≥ 0.2",
    ],
)
def test_what_compares_features_is_a_rule_of_ones_own(text) -> None:
    """It is kept where it is worth 1."""
    wish = parse(f"{text} weight=2")
    assert (wish.rule.origin, wish.rule.name) == ("expression", text)
    assert (wish.comparison, wish.threshold, wish.weight) == (">=", 1.0, 2.0)


def test_every_wish_is_read_back() -> None:
    """Of every rule, with every comparison and awkward numbers."""
    dice = np.random.default_rng(5)
    for rule in rules():
        for comparison in (">=", "<="):
            example = rule.argument.example if rule.argument else ""
            wish = Requirement(rule, example, comparison, dice.random(), dice.uniform(0.01, 99))
            assert parse(str(wish)) == wish
    own = parse("density > 0.4 and\n  largest_leap <= 7 weight=3")
    assert parse(str(own)) == own


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kee=C major", "key"),
        ("key=H minor", "note"),
        ("key", "C major"),
        ("rythm=x..x", "rhythm"),
        ("density=loud", "melody"),
        ("density>=2", "0.5"),
        ("range=C6-C4", "C4-C6"),
        ("contour=risng", "rising"),
        ("stepwise=7", "stepwise>=0.5"),
        ("density weight=heavy", "weight=2"),
        ("density weight=0", "weight"),
        ("densty >= 0.4", "density"),
        ("densty", "density"),
        ("density >= ", "such as"),
        ("density and rests", ">= 0.5"),
        ("   ", "key=C major"),
        ("x" * (MAX_LENGTH + 1), "shorter"),
    ],
)
def test_what_cannot_be_read_is_answered_with_what_can(text, told) -> None:
    """A close match, or an example."""
    with pytest.raises(RuleError) as error:
        parse(text)
    assert told in f"{error.value} {error.value.remedy}"


def test_a_fault_in_an_expression_says_where_it_is() -> None:
    """Counted from 1, blanks included."""
    with pytest.raises(ExpressionError) as error:
        parse("  density > 0.4 and leep < 3")
    assert error.value.column == 21


def test_wishes_are_joined_in_order() -> None:
    """At least one, and not too many."""
    assert [wish.rule.name for wish in parse_all(["key=C major", "density"])] == ["key", "density"]
    with pytest.raises(RuleError, match="No rule"):
        parse_all([])
    with pytest.raises(RuleError, match=str(MAX_WISHES)):
        parse_all(["density"] * (MAX_WISHES + 1))


_SIGNS = [
    "(",
    ")",
    ",",
    "=",
    ">=",
    "<=",
    ">",
    "<",
    "==",
    "!=",
    "+",
    "-",
    "*",
    "/",
    "**",
    ".",
    "'",
    "[",
    "]",
    "%",
    ":",
    "é",
    "and",
    "or",
    "not",
    "min(",
    "max(",
    "abs(",
    "if",
    "lambda",
]
_VALUES = ["0.5", "7", "1e9", "C major", "C4-C6", "x..x", "weight=2", "\n"]
_WORDS = st.sampled_from([*FEATURES, *(rule.name for rule in rules()), *_SIGNS, *_VALUES])


@given(st.one_of(st.text(max_size=60), st.lists(_WORDS, max_size=12).map(" ".join)))
@settings(max_examples=400, deadline=None)
def test_any_text_is_a_wish_that_can_be_kept_or_is_refused(text: str) -> None:
    """Nothing else happens, and what is read is finite, in range and read back."""
    try:
        wish = parse(text)
    except RuleError:
        return
    assert parse(str(wish)) == wish
    found = Requirements((wish,)).rewards(_SOME)
    assert ((found >= 0) & (found <= 1)).all()


_SOME = random_passages(np.random.default_rng(1), TRIO, n=5)
