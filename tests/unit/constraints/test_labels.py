"""What has been heard so far."""

from __future__ import annotations

import numpy as np

from midime_engine.constraints.labels import Labels
from tests.support.hills import ConditionalHill, Hill

NONE = np.zeros((100, 0), np.float32)


def _filled(judge, values):
    labels = Labels(judge)
    x = np.repeat(np.float32(values)[:, None], 5, axis=1)
    labels.add(x, x[:, :1], NONE[: len(values)])
    return labels


def test_common_wishes_are_taught_as_kept_or_not() -> None:
    """The critic is told the truth, not a shade of it."""
    labels = _filled(Hill(), [0.0] * 50 + [2.0] * 50)
    _, y = labels.batch(64, np.random.default_rng(0))
    assert set(np.unique(y)) == {0.0, 1.0}


def test_rare_wishes_are_taught_by_how_nearly_they_are_kept() -> None:
    """Or there would be nothing to climb."""
    labels = _filled(Hill(height=4.0), np.linspace(0, 1, 100))
    x, y = labels.batch(64, np.random.default_rng(0))
    assert 0 < y.min() < y.max() < 1
    assert np.corrcoef(x[:, 0], y[:, 0])[0, 1] > 0.99


def test_half_of_a_batch_is_what_was_heard_last() -> None:
    """The actor's own places, where the critics must be right."""
    labels = _filled(Hill(), [0.0] * 100)
    labels.close_first()
    labels.add(np.full((10, 5), 7, np.float32), np.full((10, 1), 7, np.float32), NONE[:10])
    x, _ = labels.batch(200, np.random.default_rng(0))
    assert 100 <= (x[:, 0] == 7).sum() < 130
    assert len(labels) == 110


def test_half_of_a_batch_is_judged_under_other_conditions() -> None:
    """What was heard once teaches every wish."""
    labels = Labels(ConditionalHill())
    ones = np.ones((50, 1), np.float32)
    labels.add(np.ones((50, 5), np.float32), ones, ones)
    x, y = labels.batch(400, np.random.default_rng(0))
    asked = x[:, -1]
    assert 150 < (asked == 1).sum() < 250
    assert np.array_equal(y[:, 0] == 1, np.abs(asked - 1) <= 0.5)
