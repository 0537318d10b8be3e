"""Train on rules, compare before and after."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.attributes.parsing import parse_all
from midime_engine.attributes.requirement import Requirements
from midime_engine.errors import RuleError
from midime_engine.pipelines import constrain
from midime_engine.pipelines.wishes import Ear
from tests.support.hills import ConditionalHill, Hill, plain, quick

MELODY = ("melody",)


def _window(*tokens: int) -> np.ndarray:
    z = np.zeros(32, np.float32)
    z[: len(tokens)] = tokens
    return z


def test_wishes_that_nothing_can_keep_are_refused_before_training() -> None:
    """With the sentence that says why."""
    with pytest.raises(RuleError, match=r"C major.*F# major"):
        constrain.check(parse_all(["key=C major", "key=F# major"]), MELODY)
    with pytest.raises(RuleError, match="No rule"):
        constrain.check(Requirements(()), MELODY)
    constrain.check(parse_all(["key=C major", "density>=0.2"]), MELODY)


def test_a_training_can_be_left_and_gone_on_with() -> None:
    """It remembers its steps and the time they took."""
    training = constrain.start(plain(), Hill(), quick(iterations=8))
    for step in training:
        if step.iteration == 3:
            break
    n_steps = len(training.history)
    assert training.seconds > 0
    assert training.finish() is training.constraint
    assert [step.iteration for step in training.history[n_steps:]] == [4, 5, 6, 7, 8]


def test_before_and_after_are_measured_on_the_same_places(model) -> None:
    """Rules, distance, contour, notes and what stayed."""
    before = np.stack([_window(41, 43, 45, 46), _window(41, 42, 43, 44), _window(49)])
    after = before.copy()
    after[1, :4] += [0, 1, 2, 2]  # into C major
    found = constrain.compare(before, after, Ear(model, MELODY), parse_all(["key=C major"]))
    assert found.satisfied_before[:, 0].tolist() == [1, 0, 0]
    assert found.satisfied_after[:, 0].tolist() == [1, 1, 0]
    assert found.moved.tolist() == [0, 3, 0]
    assert found.unchanged == pytest.approx(2 / 3)
    assert found.notes_ratio == 1.0
    assert found.contour is not None
    assert found.contour > 0.9
    assert found.distinct == (3, 2)  # two are alike now


def test_silence_has_no_ratios(model) -> None:
    """None, rather than a division by nothing."""
    silent = np.zeros((3, 32), np.float32)
    found = constrain.compare(silent, silent, Ear(model, MELODY), parse_all(["key=C major"]))
    assert (found.notes_ratio, found.contour, found.diversity_ratio) == (None, None, None)


def test_an_actor_that_can_be_asked_in_many_ways_is_trained_for_longer() -> None:
    """Unless the settings say otherwise."""
    assert constrain.config_for(asks_many=True) == constrain.MANY_WISHES
    one = constrain.config_for(asks_many=False)
    assert constrain.MANY_WISHES.iterations > one.iterations
    training = constrain.start(plain(), ConditionalHill())
    assert training.constraint.config.iterations == constrain.MANY_WISHES.iterations
