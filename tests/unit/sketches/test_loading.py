"""The embedded model draws what it has learnt."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.errors import CheckpointError
from midime_engine.sketches.dataset import HELD_OUT_SEED
from midime_engine.sketches.generator import KINDS, drawings
from midime_engine.sketches.loading import load
from midime_engine.sketches.recognition import Recogniser
from midime_engine.sketches.resampling import redrawn_distance


def test_unseen_drawings_come_back() -> None:
    """As what they are, nearer to themselves than to others of their kind."""
    model = load()
    originals = drawings(36, seed=HELD_OUT_SEED)
    redrawn = model.decode(model.encode(originals).mu)
    recogniser = Recogniser.fitted(drawings(300, seed=11))
    kinds, _ = recogniser.recognise(redrawn)
    assert np.mean([a.kind == b for a, b in zip(originals, kinds, strict=True)]) > 0.9
    own = [redrawn_distance(a, b) for a, b in zip(originals, redrawn, strict=True)]
    others = originals[len(KINDS) :] + originals[: len(KINDS)]
    away = [redrawn_distance(a, b) for a, b in zip(originals, others, strict=True)]
    assert np.median(own) < 0.5 * np.median(away)
    assert model.mixture is not None


def test_what_is_not_there_is_not_loaded(tmp_path) -> None:
    """With what to do."""
    with pytest.raises(CheckpointError):
        load(tmp_path / "nothing.safetensors")
