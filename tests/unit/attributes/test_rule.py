"""Rules as such."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.attributes.registry import find
from midime_engine.attributes.rule import Rule, groups_heard
from midime_engine.errors import RuleError
from tests.support.notes import sequence
from tests.support.passages import TRIO, drummed, random_passages, sung, trio


def _rule(value: float, **settings) -> Rule:
    return Rule(
        "odd", "Odd", "Says\n  ``this``.", lambda each, _: np.full(len(each), value), **settings
    )


def test_any_music_can_be_scored() -> None:
    """Two of three notes are white, in seconds as well as in tokens."""
    music = sequence([(0.0, 0.5, 60), (0.5, 1.0, 62), (1.0, 1.5, 61)])
    assert find("key").score(music, "C major") == pytest.approx(2 / 3)


def test_a_measure_never_leaves_its_range() -> None:
    """Whatever is computed."""
    assert _rule(7.0).measure(sung("C4")) == 1.0
    assert _rule(-1.0).measure(sung("C4")) == 0.0


def test_silence_is_worth_nothing_to_a_rule_that_listens() -> None:
    """Drums are silence to a rule about pitches."""
    assert _rule(1.0).measure(sung("")) == 0.0
    assert _rule(1.0).measure(drummed("k")) == 0.0
    assert _rule(1.0, hears=("notes",)).measure(drummed("k")) == 1.0
    assert _rule(1.0, hears=("bass", "drums")).measure(trio("", "C3", "")) == 0.0


def test_a_batch_is_measured_as_its_passages_are_one_by_one(rng) -> None:
    """In order; an empty one gives nothing."""
    batch = random_passages(rng, TRIO)
    found = find("density").measures(batch, "bass")
    assert found.tolist() == [find("density").measure(each, "bass") for each in batch]
    assert find("density").measures([]).shape == (0,)


def test_a_rule_knows_which_models_can_keep_it() -> None:
    """No backbeat from a melody."""
    assert not find("backbeat").fits(("melody",))
    assert find("backbeat").fits(TRIO)
    assert not find("contour").fits(("drums",))
    assert find("density").fits(("drums",))


def test_the_part_that_leads_is_heard_by_its_role() -> None:
    """Of a trio the melody."""
    assert groups_heard(("lead", "drums"), TRIO) == (("melody",), ("drums",))
    assert groups_heard(("lead",), ("drums",)) == (("drums",),)


def test_what_a_rule_does_not_take_is_refused() -> None:
    """With what can be written instead."""
    with pytest.raises(RuleError) as error:
        find("stepwise").value("much")
    assert "stepwise>=0.5" in error.value.remedy


def test_a_definition_is_one_paragraph_without_markup() -> None:
    """A docstring becomes a sentence for a page."""
    assert _rule(1.0).definition == "Says this."
