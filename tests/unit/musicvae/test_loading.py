from __future__ import annotations

import numpy as np
import pytest

from midime_engine import musicvae
from midime_engine.errors import CheckpointError, UnknownModelError
from midime_engine.musicvae import loading


@pytest.mark.parametrize("load", [musicvae.load, loading.load])
def test_an_unknown_name_is_refused(load) -> None:
    """From both doors."""
    with pytest.raises(UnknownModelError):
        load("nobody")


def test_a_file_that_is_no_checkpoint_is_refused(tmp_path) -> None:
    """Random bytes under a good name."""
    path = tmp_path / "model.safetensors"
    path.write_bytes(bytes(range(256)) * 4)
    with pytest.raises(CheckpointError):
        musicvae.load(path)


def test_the_embedded_model_repeats_a_melody() -> None:
    """A scale in eighths goes in and comes out, for greedy decoding from the mean."""
    model = musicvae.load("mel_2bar")
    assert model.config.name == "mel_2bar"
    scale = np.zeros((1, 32, 1), np.int32)
    scale[0, ::4, 0] = [41, 43, 45, 46, 48, 50, 52, 53]  # C4 to C5
    decoded = model.decode_tokens(model.encode_tokens(scale).mu)
    assert np.mean(decoded == scale) > 0.9
