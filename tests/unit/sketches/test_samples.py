"""First drawings lie beside the weights."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine import sketches
from midime_engine.errors import CheckpointError
from midime_engine.sketches.files import WEIGHTS
from midime_engine.sketches.samples import N_SAMPLES, SAMPLES_SEED, read_samples, write_samples


def test_they_are_what_the_model_draws(tiny_model, tmp_path) -> None:
    """To within half precision."""
    weights = tmp_path / "small.safetensors"
    write_samples(weights, tiny_model)
    drawn = tiny_model.decode(tiny_model.starts(N_SAMPLES, seed=SAMPLES_SEED))
    kept = read_samples(weights)
    assert len(kept) == N_SAMPLES
    for one, other in zip(kept, drawn, strict=True):
        assert len(one.strokes) == len(other.strokes)
        for a, b in zip(one.strokes, other.strokes, strict=True):
            assert np.allclose(a, b, atol=0.01)


def test_those_of_the_embedded_model_are_its_own() -> None:
    """Drawn again from its weights and its mixture."""
    model = sketches.load()
    kept = read_samples(WEIGHTS)[:6]
    for one, other in zip(kept, model.decode(model.starts(6, seed=SAMPLES_SEED)), strict=True):
        assert [len(stroke) for stroke in one.strokes] == [len(stroke) for stroke in other.strokes]
        assert np.allclose(np.concatenate(one.strokes), np.concatenate(other.strokes), atol=0.01)


def test_a_damaged_file_says_so(tmp_path) -> None:
    """Or one that is not there."""
    with pytest.raises(CheckpointError, match="no drawings"):
        read_samples(tmp_path / "small.safetensors")
    (tmp_path / "small.samples.safetensors").write_bytes(b"scribble")
    with pytest.raises(CheckpointError, match="no drawings"):
        read_samples(tmp_path / "small.safetensors")
