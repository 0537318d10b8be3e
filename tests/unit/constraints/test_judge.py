"""Who says whether a wish is kept."""

from __future__ import annotations

import numpy as np

from midime_engine.constraints.judge import Judge, Verdict
from tests.support.hills import ConditionalHill, Hill


def test_what_is_heard_once_can_be_judged_under_other_conditions() -> None:
    """Hearing is the dear part."""
    judge: Judge = ConditionalHill()
    heard = judge.hear(np.float32([[1.0, 0], [0.0, 0]]), seed=0)
    near_one = judge.judge(heard, np.ones((2, 1), np.float32))
    near_none = judge.judge(heard, np.zeros((2, 1), np.float32))
    assert near_one.satisfied[:, 0].tolist() == [True, False]
    assert near_none.satisfied[:, 0].tolist() == [False, True]
    assert judge.n_heard == 2  # type: ignore[attr-defined]


def test_a_verdict_has_a_column_for_each_wish() -> None:
    """Rewards and satisfaction alike."""
    judge = Hill(n_wishes=2)
    verdict = judge.judge(judge.hear(np.float32([[2.0, 2.0]]), seed=0), np.zeros((1, 0)))
    assert isinstance(verdict, Verdict)
    assert verdict.satisfied.tolist() == [[True, False]]
    assert verdict.rewards[0, 0] == 1 > verdict.rewards[0, 1]
