"""Wishes: rules with what is asked of them."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.attributes.registry import find, rules
from midime_engine.attributes.requirement import MAX_WEIGHT, Requirement, Requirements
from midime_engine.errors import RuleError
from tests.support.passages import TRIO, random_passages, sung, trio


def test_what_is_not_said_is_as_the_rule_has_it() -> None:
    """The argument in its written form."""
    wish = Requirement(find("key"), "c  MAJOR")
    assert (wish.argument, wish.comparison, wish.threshold, wish.weight) == (
        "C major",
        ">=",
        1.0,
        1.0,
    )
    assert wish.label == "key=C major"


def test_a_wish_for_much_is_rewarded_in_proportion() -> None:
    """min(1, value / threshold): the reward of the paper for density."""
    wish = Requirement(find("density"), "", ">=", 0.5)
    found = [wish.reward(sung("C4 " * n)) for n in (4, 8, 16, 32)]
    assert found == pytest.approx([0.25, 0.5, 1.0, 1.0])
    assert wish.is_satisfied(sung("C4 " * 16))
    assert not wish.is_satisfied(sung("C4 " * 15))


def test_a_wish_for_little_is_rewarded_up_to_its_limit_and_then_less_and_less() -> None:
    """Straight down to nothing at 1."""
    wish = Requirement(find("density"), "", "<=", 0.5)
    found = [wish.reward(sung("C4 " * n)) for n in (8, 16, 24, 32)]
    assert found == pytest.approx([1.0, 1.0, 0.5, 0.0])
    assert wish.is_satisfied(sung("C4"))


@pytest.mark.parametrize("comparison", [">=", "<="])
@pytest.mark.parametrize("threshold", [0.0, 0.3, 1.0])
def test_silence_never_satisfies_a_wish(comparison, threshold) -> None:
    """Not even one for few notes, or for at least nothing."""
    wish = Requirement(find("density"), "", comparison, threshold)
    assert not wish.is_satisfied(sung(""))
    assert wish.reward(sung("")) == 0.0
    assert wish.measure(sung("")) == 0.0


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
@pytest.mark.parametrize("comparison", [">=", "<="])
def test_a_reward_is_1_exactly_where_the_wish_is_satisfied(rule, comparison, rng) -> None:
    """Of every rule, at several thresholds, also those that are met to the last bit."""
    batch = random_passages(rng, TRIO)
    example = rule.argument.example if rule.argument else ""
    measures = rule.measures(batch, example)
    for threshold in (0.0, 0.2, 1.0, *measures[:5].tolist()):
        wish = Requirement(rule, example, comparison, threshold)
        found = Requirements((wish,)).assess(batch)
        assert ((found.rewards == 1) == found.satisfied).all()
        assert (found.rewards >= 0).all()
        met = measures >= threshold if comparison == ">=" else measures <= threshold
        assert (found.satisfied[:, 0] <= met).all()


def test_thresholds_are_met_whatever_the_last_bit_says() -> None:
    """Three of ten notes are 0.3 of them."""
    tune = sung("C4 " * 3 + "C#4 " * 7)
    assert Requirement(find("key"), "C major", ">=", 0.3).is_satisfied(tune)
    assert Requirement(find("key"), "C major", "<=", 0.1 + 0.2).is_satisfied(tune)


def test_wishes_are_judged_side_by_side() -> None:
    """One column each; all of them together is and."""
    wishes = Requirements(
        (
            Requirement(find("key"), "C major", weight=3.0),
            Requirement(find("density"), "", ">=", 0.5),
        )
    )
    found = wishes.assess([sung("C4 " * 16), sung("C#4 " * 32), sung("C4"), sung("")])
    assert found.satisfied.tolist() == [[True, True], [False, True], [True, False], [False, False]]
    assert found.all_satisfied.tolist() == [True, False, False, False]
    assert found.measures[:, 0].tolist() == [1.0, 0.0, 1.0, 0.0]
    assert wishes.weights.tolist() == [0.75, 0.25]
    assert (len(wishes), wishes[1].rule.name) == (2, "density")


def test_the_shorter_calls_say_the_same(rng) -> None:
    """Measures, rewards, satisfied."""
    wishes = Requirements((Requirement(find("key"), "C major"), Requirement(find("backbeat"))))
    batch = random_passages(rng, TRIO, n=9)
    found = wishes.assess(batch)
    assert np.array_equal(wishes.measures(batch), found.measures)
    assert np.array_equal(wishes.rewards(list(batch)), found.rewards)
    assert np.array_equal(wishes.satisfied(batch), found.satisfied)
    assert wishes.assess([]).measures.shape == (0, 2)


@pytest.mark.parametrize("threshold", [-0.1, 1.1, float("nan")])
def test_what_is_asked_is_a_share(threshold) -> None:
    """From 0 to 1."""
    with pytest.raises(RuleError, match="density"):
        Requirement(find("density"), "", ">=", threshold)


@pytest.mark.parametrize("weight", [0.0, -1.0, MAX_WEIGHT * 2, float("nan")])
def test_a_weight_is_positive_and_bounded(weight) -> None:
    """Or the others would count for nothing."""
    with pytest.raises(RuleError, match="weight"):
        Requirement(find("density"), weight=weight)


def test_what_is_said_of_a_wish_is_what_was_asked() -> None:
    """Only what is unusual."""
    assert str(Requirement(find("density"))) == "density"
    assert (
        str(Requirement(find("density"), "bass", "<=", 0.25, 2.0)) == "density=bass<=0.25 weight=2"
    )
    assert str(Requirements((Requirement(find("key"), "A minor"), Requirement(find("rests"))))) == (
        "key=A minor, rests"
    )


def test_drums_cannot_keep_a_wish_about_pitches() -> None:
    """What is not heard is not satisfied."""
    assert not Requirement(find("key"), "C major", "<=", 0.5).is_satisfied(trio("", "", "k s"))
