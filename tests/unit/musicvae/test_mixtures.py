"""A mixture on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_engine.errors import CheckpointError
from midime_engine.latent.mixture import Mixture
from midime_engine.musicvae.mixtures import mixture_path, read_mixture, write_mixture

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def mixture(rng) -> Mixture:
    """Three components in four of eight dimensions."""
    z = rng.standard_normal((200, 8)) * np.arange(1, 9)
    return Mixture.fit(z, dimensions=[0, 2, 5, 7], n_components=3)


def test_a_mixture_comes_back_as_it_was_stored(tmp_path: Path, mixture) -> None:
    """To half precision, beside the weights."""
    weights = tmp_path / "toy.safetensors"
    assert write_mixture(weights, mixture) == tmp_path / "toy.mixture.safetensors"
    found = read_mixture(weights)
    assert found is not None
    assert found.dimensions.tolist() == [0, 2, 5, 7]
    np.testing.assert_allclose(found.sample(50), mixture.sample(50), atol=0.05)


def test_it_is_small(tmp_path: Path, mixture) -> None:
    """Two bytes for each number, and a header."""
    path = write_mixture(tmp_path / "toy.safetensors", mixture)
    assert path.stat().st_size < 2 * 3 * (1 + 4 + 16) + 4 * 4 + 500
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_other_checkpoints_have_none(tmp_path: Path) -> None:
    """Which is no error."""
    assert read_mixture(tmp_path / "theirs.safetensors") is None


@pytest.mark.parametrize("kept", [0, 10, 300])
def test_a_damaged_file_is_named(tmp_path: Path, mixture, kept: int) -> None:
    """Empty, or cut off in the header or behind it."""
    weights = tmp_path / "toy.safetensors"
    path = write_mixture(weights, mixture)
    path.write_bytes(path.read_bytes()[:kept])
    with pytest.raises(CheckpointError, match=r"toy\.mixture\.safetensors"):
        read_mixture(weights)


def test_another_kind_of_file_is_no_mixture(tmp_path: Path) -> None:
    """Weights under that name, for example."""
    from safetensors.numpy import save_file

    weights = tmp_path / "toy.safetensors"
    save_file({"kernel": np.zeros(3)}, mixture_path(weights))
    with pytest.raises(CheckpointError):
        read_mixture(weights)
