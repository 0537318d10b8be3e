"""A taste is about what can be seen."""

from __future__ import annotations

import numpy as np

from midime_engine.sketches.features import FEATURE_NAMES, features_of
from midime_engine.sketches.generator import KINDS, drawings
from midime_engine.sketches.recognition import Recogniser
from midime_engine.sketches.rules import RULES


def test_features_are_the_rules_and_the_kind() -> None:
    """Of each drawing one kind, in the order of the names."""
    some = drawings(30, seed=8)
    table = features_of(some, Recogniser.fitted(drawings(240, seed=9)))
    assert table.shape == (30, len(FEATURE_NAMES))
    column = FEATURE_NAMES.index("roundness")
    assert np.allclose(table[:, column], [RULES["roundness"].compute(d) for d in some])
    kinds = table[:, -len(KINDS) :]
    assert (kinds.sum(axis=1) == 1.0).all()
    named = [FEATURE_NAMES[len(RULES) + int(row.argmax())] for row in kinds]
    assert np.mean([a == b.kind for a, b in zip(named, some, strict=True)]) > 0.9
    assert features_of([], Recogniser.fitted(some)).shape == (0, len(FEATURE_NAMES))
