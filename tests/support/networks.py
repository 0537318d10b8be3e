"""Small MusicVAE networks whose random weights make varied music."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from midime_engine.musicvae.config import get_config
from midime_engine.musicvae.network import Network, expected_shapes

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.musicvae.config import MusicVAEConfig
    from midime_engine.musicvae.model import MusicVAE

__all__ = ["random_arrays", "random_network", "random_tokens", "shared_model"]


def random_arrays(config: MusicVAEConfig, seed: int = 0) -> dict[str, npt.NDArray[Any]]:
    """Weights that are large enough for no two ``z`` to decode alike."""
    rng = np.random.default_rng(seed)
    return {
        name: rng.standard_normal(shape, np.float32)
        for name, shape in sorted(expected_shapes(config).items())
    }


def random_network(name: str, seed: int = 0) -> Network:
    """A registered network with such weights."""
    config = get_config(name)
    network = Network(config)
    network.assign(random_arrays(config, seed))
    return network


@cache
def shared_model(name: str) -> MusicVAE:
    """A model with such weights, traced once for all tests; nobody may change it."""
    from midime_engine.musicvae.model import MusicVAE

    config = get_config(name)
    return MusicVAE(config, random_arrays(config))


def random_tokens(
    config: MusicVAEConfig, n: int, rng: np.random.Generator
) -> npt.NDArray[np.int32]:
    """Any tokens that the model knows, ``[n, n_steps, parts]``."""
    columns = [rng.integers(0, depth, (n, config.n_steps)) for depth in config.output_depths]
    return np.stack(columns, axis=-1).astype(np.int32)
