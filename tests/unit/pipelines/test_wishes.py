"""Judges of music."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.attributes.parsing import parse, parse_all
from midime_engine.attributes.registry import find
from midime_engine.attributes.requirement import Requirements
from midime_engine.pipelines.wishes import ConditionalJudge, Ear, MusicJudge, OneOf, SoMuch
from tests.support.fakes import PerfectModel, PlaneSpace

MELODY = ("melody",)


def _z(*notes: int) -> np.ndarray:
    """A window of the perfect model with these pitches on its first steps."""
    z = np.zeros(32, np.float32)
    z[: len(notes)] = np.array(notes) - 21 + 2
    return z


C_MAJOR, MIXED, SILENT = _z(60, 64, 67, 72), _z(60, 61, 64, 66), np.zeros(32, np.float32)


@pytest.fixture
def ear(model) -> Ear:
    """Hears the perfect model."""
    return Ear(model, MELODY)


def test_music_is_decoded_and_held_against_every_rule(ear) -> None:
    """Rewards and satisfaction in the order of the rules; silence keeps none."""
    judge = MusicJudge(ear, parse_all(["key=C major", "density>=0.1"]))
    heard = judge.hear(np.stack([C_MAJOR, MIXED, SILENT]), seed=0)
    verdict = judge.judge(heard, judge.conditions(3, np.random.default_rng(0)))
    assert verdict.satisfied.tolist() == [[True, True], [False, True], [False, False]]
    assert verdict.rewards[:, 0].tolist() == [1.0, 0.5, 0.0]
    assert judge.weights.tolist() == [0.5, 0.5]


def test_an_ear_can_hear_a_personal_space() -> None:
    """Its places are the small vectors."""
    space = PlaneSpace(np.stack([C_MAJOR, MIXED, SILENT]))
    ear = Ear(PerfectModel(), MELODY, space=space)
    small = space.encode(C_MAJOR[None]).mu
    assert np.array_equal(ear.tokens(small)[0, :, 0], C_MAJOR.astype(int))


def test_an_ear_hears_only_the_bars_that_are_played(model) -> None:
    """In 3/4 the end of the window is silent."""
    assert Ear(model, MELODY, n_steps=24).tokens(C_MAJOR[None]).shape == (1, 24, 1)


def test_one_of_several_keys_is_judged_by_the_wished_one(ear) -> None:
    """The same music, heard once, under two wishes."""
    keys = OneOf(Requirements((parse("key=C major"), parse("key=D major"))))
    judge = ConditionalJudge(ear, (keys,))
    heard = judge.hear(np.stack([C_MAJOR, C_MAJOR]), seed=0)
    verdict = judge.judge(heard, np.stack([keys.condition(0), keys.condition(1)]))
    assert verdict.satisfied[:, 0].tolist() == [True, False]
    assert verdict.rewards[:, 0] == pytest.approx([1.0, 0.5])


def test_a_number_is_judged_by_how_near_it_is(ear) -> None:
    """Four notes on thirty-two steps are an eighth."""
    density = SoMuch(find("density"), low=0.0, high=0.5, tolerance=0.03)
    judge = ConditionalJudge(ear, (density,))
    heard = judge.hear(np.stack([C_MAJOR, C_MAJOR]), seed=0)
    verdict = judge.judge(heard, np.stack([density.condition(0.125), density.condition(0.4)]))
    assert verdict.satisfied[:, 0].tolist() == [True, False]
    assert verdict.rewards[:, 0] == pytest.approx([1.0, 1 - 0.275], abs=1e-6)


def test_questions_stand_side_by_side(ear) -> None:
    """Each on its own part of the conditions, drawn on its own."""
    keys = OneOf(Requirements((parse("key=C major"), parse("key=D major"))))
    judge = ConditionalJudge(ear, (keys, SoMuch(find("density"), 0.0, 0.5)))
    conditions = judge.conditions(200, np.random.default_rng(0))
    assert judge.condition_size == conditions.shape[1] == 3
    assert conditions[:, :2].sum(axis=1).tolist() == [1.0] * 200
    assert -1 <= conditions[:, 2].min() < -0.8 < 0.8 < conditions[:, 2].max() <= 1
    verdict = judge.judge(judge.hear(np.stack([C_MAJOR] * 200), seed=0), conditions)
    assert np.array_equal(verdict.satisfied[:, 0], conditions[:, 0] == 1)
    assert judge.weights.tolist() == [0.5, 0.5]
