"""Wishes are held against what is drawn."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.errors import OptionError
from midime_engine.sketches.rules import RULES
from midime_engine.sketches.wishes import SketchJudge, Wish, sketch_space


def test_what_is_heard_is_what_the_rules_give(tiny_model) -> None:
    """For the drawing of each place, whatever the seed."""
    z = tiny_model.prior(5)
    judge = SketchJudge(tiny_model, [Wish("size", 0.4), Wish("few_strokes", 0.8)])
    heard = judge.hear(z, seed=3)
    wanted = [
        [RULES[name].compute(drawing) for name in ("size", "few_strokes")]
        for drawing in tiny_model.decode(z)
    ]
    assert np.allclose(heard, wanted)
    assert np.array_equal(heard, judge.hear(z, seed=4))
    assert judge.hear(z[:0], seed=0).shape == (0, 2)


def test_a_wish_is_kept_from_its_least_on(tiny_model) -> None:
    """Below it the reward says how nearly."""
    judge = SketchJudge(tiny_model, [Wish("size", 0.4)])
    verdict = judge.judge(np.array([[0.1], [0.4], [0.9]], np.float32), np.zeros((3, 0)))
    assert verdict.satisfied[:, 0].tolist() == [False, True, True]
    assert verdict.rewards[:, 0].tolist() == pytest.approx([0.25, 1.0, 1.0])
    assert judge.conditions(3, np.random.default_rng(0)).shape == (3, judge.condition_size)
    assert judge.weights.tolist() == [1.0]


@pytest.mark.parametrize(("rule", "least"), [("greenness", 0.5), ("size", 0.0), ("size", 1.5)])
def test_what_cannot_be_wished_is_refused(rule, least) -> None:
    """An unknown rule, nothing at all, more than everything."""
    with pytest.raises(OptionError):
        Wish(rule, least)


def test_nothing_cannot_be_wished(tiny_model) -> None:
    """There would be nothing to learn."""
    with pytest.raises(OptionError):
        SketchJudge(tiny_model, [])


def test_the_space_is_the_models(tiny_model, few) -> None:
    """Real drawings are real, and dreams are the model's own."""
    space = sketch_space(tiny_model, few)
    assert np.allclose(space.posterior.mu, tiny_model.encode(few).mu)
    assert np.array_equal(space.draw(4, 9), tiny_model.starts(4, seed=9))
