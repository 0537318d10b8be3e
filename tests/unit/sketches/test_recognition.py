"""The judge knows the six kinds."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.sketches.drawing import Drawing
from midime_engine.sketches.generator import KINDS, drawings
from midime_engine.sketches.recognition import Recogniser


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    """One that has seen fifty of each."""
    return Recogniser.fitted(drawings(300, seed=11))


def test_drawings_are_named(recogniser) -> None:
    """Nineteen of twenty that it has not seen, and nearly all look like something."""
    unseen = drawings(120, seed=12)
    kinds, known = recogniser.recognise(unseen)
    assert np.mean([a == b.kind for a, b in zip(kinds, unseen, strict=True)]) > 0.95
    assert known.mean() > 0.8
    assert recogniser.kinds == tuple(sorted(KINDS))


def test_scribbles_look_like_nothing(recogniser) -> None:
    """They get a name, because there is no other answer, and a no."""
    rng = np.random.default_rng(0)
    scribbles = [Drawing((rng.uniform(-0.4, 0.4, (40, 2)),)) for _ in range(20)]
    _, known = recogniser.recognise(scribbles)
    assert known.mean() < 0.2


def test_nothing_is_asked_nothing(recogniser) -> None:
    """And no drawing without a kind can be learnt from."""
    assert recogniser.recognise([])[0] == []
    with pytest.raises(ValueError, match="kind"):
        Recogniser.fitted([Drawing(drawings(1)[0].strokes)])
