"""Whatever is drawn is drawn by lines."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.sketches.hand import Hand
from midime_engine.sketches.things import THINGS


@pytest.mark.parametrize("kind", THINGS)
def test_every_kind_is_drawn_by_any_hand(kind) -> None:
    """Finite lines of some points, within a box of about the same size."""
    for seed in range(40):
        lines = THINGS[kind](Hand.drawn_from(np.random.default_rng(seed)))
        assert 2 <= len(lines) <= 25
        points = np.concatenate(lines)
        assert np.isfinite(points).all()
        assert min(len(line) for line in lines) >= 2
        assert 0.6 < np.ptp(points, axis=0).max() < 2.5


@pytest.mark.parametrize("kind", THINGS)
def test_kinds_have_details_that_may_be_missing(kind) -> None:
    """A hand of full detail needs more strokes on average than one of none."""

    def mean_strokes(detail: float) -> float:
        counts = []
        for seed in range(30):
            hand = Hand.drawn_from(np.random.default_rng(seed))
            fields = {name: getattr(hand, name) for name in Hand.__dataclass_fields__}
            counts.append(len(THINGS[kind](Hand(**{**fields, "detail": detail, "haste": 0.0}))))
        return float(np.mean(counts))

    assert mean_strokes(1.0) > mean_strokes(0.0) + 1.0
