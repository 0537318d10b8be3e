"""The engines of music bend drawings, unchanged."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from midime_engine import sketches
from midime_engine.pipelines import constrain
from midime_engine.pipelines.sketching import (
    SETTINGS,
    DrawingBoard,
    compare_sketches,
    taste_judge,
)
from midime_engine.ratings.ballots import dislike, like
from midime_engine.ratings.taste import Taste
from midime_engine.sketches.features import FEATURE_NAMES
from midime_engine.sketches.wishes import SketchJudge, Wish

QUICK = replace(SETTINGS, iterations=80, first_labels=1024, labels=192)


@pytest.fixture(scope="module")
def board() -> DrawingBoard:
    """The embedded model."""
    return DrawingBoard.of(sketches.load(), n=300)


def test_drawings_become_rounder_by_the_constraints_of_music(board) -> None:
    """After a short training many more of them keep the rule than before."""
    judge = SketchJudge(board.model, [Wish("roundness", 0.6)])
    constraint = constrain.start(board.space, judge, QUICK).finish()
    z = board.model.starts(100, seed=9)
    compared = compare_sketches(board, judge, z, constraint.apply(z))
    assert compared.satisfied_after > compared.satisfied_before + 0.25
    assert 0.0 < compared.moved < 2.0 * compared.norm
    assert compared.commonest[0] in sketches.KINDS
    assert 1 / len(sketches.KINDS) <= compared.commonest[1] <= 1.0
    assert len(compared.before) == len(compared.after) == 100
    unmoved = compare_sketches(board, judge, z, z)
    assert unmoved.satisfied_after == unmoved.satisfied_before == compared.satisfied_before
    assert unmoved.same_kind == 1.0
    assert unmoved.moved == 0.0


def test_ratings_become_a_judge_of_drawings(board) -> None:
    """Who likes boats and nothing else is understood from twenty answers."""
    z = board.model.starts(150, seed=2)
    table = board.features(z)
    is_boat = table[:, FEATURE_NAMES.index("boat")] > 0.5
    ballots = [like(i) if is_boat[i] else dislike(i) for i in range(20)]
    judge = taste_judge(board, Taste.of(table, ballots, population=table))
    satisfied = judge.judge(judge.hear(z[20:], seed=0), np.zeros((130, 0))).satisfied[:, 0]
    assert satisfied[is_boat[20:]].mean() > 0.6
    assert satisfied[~is_boat[20:]].mean() < 0.2
