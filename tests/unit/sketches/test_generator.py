"""The program draws what it is asked for, and the same again."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.sketches.drawing import bounds
from midime_engine.sketches.generator import KINDS, MAX_POINTS, draw, drawings
from midime_engine.sketches.hand import Hand
from midime_engine.sketches.rules import few_strokes, roundness
from midime_engine.sketches.things import THINGS


def test_drawings_are_functions_of_seed_and_number() -> None:
    """However many are asked for, and from where on."""
    many, few = drawings(12, seed=3), drawings(3, seed=3, start=6)
    for a, b in zip(many[6:9], few, strict=True):
        assert all(np.array_equal(p, q) for p, q in zip(a.strokes, b.strokes, strict=True))
    assert not np.array_equal(drawings(1, seed=4)[0].strokes[0], many[0].strokes[0])


def test_kinds_come_in_turn() -> None:
    """All of them, or those that were named."""
    assert [drawing.kind for drawing in drawings(7)] == [*KINDS, KINDS[0]]
    assert {drawing.kind for drawing in drawings(4, kinds=("cat", "fish"))} == {"cat", "fish"}


def test_drawings_are_in_the_middle_of_the_paper() -> None:
    """And on it, with no more points than a model reads."""
    for drawing in drawings(60):
        low, high = bounds(drawing.strokes)
        assert np.allclose(low + high, 0.0, atol=1e-5)
        assert 0.4 < float(np.max(high - low)) < 1.0
        assert drawing.n_points <= MAX_POINTS


def test_an_unknown_kind_is_refused() -> None:
    """With the known ones named."""
    with pytest.raises(ValueError, match="cat"):
        draw("unicorn", np.random.default_rng(0))


def test_rounder_hands_draw_rounder(monkeypatch) -> None:
    """What the rules measure is what the hand does: both directions exist in the drawings."""

    def by(**traits: float) -> list:
        make = Hand.drawn_from.__func__

        def drawn_from(cls, rng):
            hand = make(cls, rng)
            fields = {name: getattr(hand, name) for name in Hand.__dataclass_fields__}
            return Hand(**{**fields, **traits})

        with monkeypatch.context() as patched:
            patched.setattr(Hand, "drawn_from", classmethod(drawn_from))
            return drawings(5 * len(THINGS))

    def mean(rule, made) -> float:
        return float(np.mean([rule(drawing) for drawing in made]))

    assert mean(roundness, by(roundness=1.0)) > mean(roundness, by(roundness=0.0)) + 0.3
    assert mean(few_strokes, by(detail=0.0)) > mean(few_strokes, by(detail=1.0)) + 0.15
