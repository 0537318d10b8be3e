"""All rules together: what is true of every one."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.attributes.passage import passages
from midime_engine.attributes.registry import find, is_rule, notices, rules
from midime_engine.converters.tokens import transpose
from midime_engine.errors import RuleError
from tests.support.passages import TRIO, random_passages, random_tokens, trio

_OF_PITCH = {"key", "scale", "chords", "avoid", "start", "end", "range", "register"}
BUILT_IN = [rule for rule in rules() if rule.origin == "built in"]


def _example(rule) -> str:
    return rule.argument.example if rule.argument else ""


@pytest.mark.parametrize("rule", BUILT_IN, ids=lambda rule: rule.name)
def test_a_rule_measures_between_0_and_1_and_tells_passages_apart(rule, rng) -> None:
    """On random trios from silent to crowded; not everything is worth the same."""
    found = rule.measures(random_passages(rng, TRIO), _example(rule))
    assert found.shape == (40,)
    assert (found >= 0).all()
    assert (found <= 1).all()
    assert len(np.unique(found)) > 1


@pytest.mark.parametrize("rule", BUILT_IN, ids=lambda rule: rule.name)
def test_silence_is_worth_nothing(rule) -> None:
    """Whatever is asked."""
    assert rule.measure(trio(), _example(rule)) == 0.0


@pytest.mark.parametrize("rule", BUILT_IN, ids=lambda rule: rule.name)
def test_a_passage_is_worth_the_same_alone_and_among_others(rule, rng) -> None:
    """Nothing leaks from one to the next."""
    batch = random_passages(rng, TRIO, n=12)
    alone = [rule.measure(passage, _example(rule)) for passage in batch]
    assert np.allclose(rule.measures(batch, _example(rule)), alone)


@pytest.mark.parametrize(
    "rule", [rule for rule in BUILT_IN if rule.name not in _OF_PITCH], ids=lambda rule: rule.name
)
def test_what_is_not_about_pitch_is_the_same_in_every_key(rule, rng) -> None:
    """A fourth higher."""
    tokens = random_tokens(rng, TRIO)
    moved = transpose(tokens, 5, parts=TRIO)
    before = rule.measures(passages(tokens, parts=TRIO), _example(rule))
    assert np.allclose(before, rule.measures(passages(moved, parts=TRIO), _example(rule)))


@pytest.mark.parametrize("rule", BUILT_IN, ids=lambda rule: rule.name)
def test_a_rule_can_be_asked_for_without_knowing_more(rule) -> None:
    """Its example, its choices and its usual wish are in order."""
    assert rule.title
    assert 0 < rule.threshold <= 1
    if rule.argument is not None:
        assert rule.argument.canonical(rule.argument.example) == rule.argument.example
        assert rule.argument.help.endswith(".")
        if rule.argument.kind in {"choice", "key", "scale", "lengths"}:
            for choice in rule.argument.choices:
                assert rule.argument.canonical(choice) == choice


def test_names_are_unique_and_found_however_they_are_spelt() -> None:
    """With blanks, dashes or capitals."""
    assert len({rule.name for rule in rules()}) == len(rules())
    assert find(" Four on-the Floor ").name == "four_on_the_floor"
    assert is_rule("KEY")
    assert not is_rule("kee")


def test_a_name_that_is_nearly_right_is_corrected() -> None:
    """What is far too long is not repeated whole."""
    with pytest.raises(RuleError) as error:
        find("syncopatoin")
    assert "syncopation" in error.value.remedy
    with pytest.raises(RuleError) as error:
        find("x" * 400)
    assert len(str(error.value)) < 100


def test_nothing_is_left_out_where_no_other_package_brings_rules() -> None:
    """No notice for nothing."""
    assert notices() == ()
