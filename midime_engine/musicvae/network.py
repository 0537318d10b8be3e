"""A whole MusicVAE network: encoder, decoder and the table of their variables."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import keras
import numpy as np

from midime_engine.errors import CheckpointMismatchError
from midime_engine.musicvae.decoder import Decoder
from midime_engine.musicvae.encoder import Encoder
from midime_engine.musicvae.layers import variables_from
from midime_engine.musicvae.stored import shapes_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from midime_engine.musicvae.config import MusicVAEConfig

__all__ = [
    "Network",
    "assign_variables",
    "expected_shapes",
    "network_of",
    "require_finite",
    "require_same_variables",
]


class Network(keras.Model):  # type: ignore[misc]
    """Encoder and decoder with the variables of a Magenta checkpoint.

    ``matmul_dtype`` ``bfloat16`` is for training only: decoding must be exact.
    """

    def __init__(self, config: MusicVAEConfig, matmul_dtype: str = "float32") -> None:
        super().__init__()
        self.config = config
        self.encoder = Encoder(config, matmul_dtype)
        self.decoder = Decoder(config, matmul_dtype)
        self.built = True

    def named_variables(self) -> dict[str, Any]:
        """Every variable by its checkpoint name."""
        return {**self.encoder.named_variables(), **self.decoder.named_variables()}

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Every variable's shape by its checkpoint name."""
        return {name: tuple(v.shape) for name, v in self.named_variables().items()}

    def arrays(self) -> dict[str, npt.NDArray[np.float32]]:
        """The weights as they are, float32, by checkpoint name."""
        return {
            name: np.asarray(keras.ops.convert_to_numpy(variable), np.float32)
            for name, variable in self.named_variables().items()
        }

    def assign(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        """Take all weights from ``arrays``; see :func:`assign_variables`."""
        assign_variables(self.named_variables(), arrays)


def expected_shapes(config: MusicVAEConfig) -> dict[str, tuple[int, ...]]:
    """Every variable's shape by its checkpoint name; the network takes no memory."""

    def shapes() -> dict[str, tuple[int, ...]]:
        with keras.StatelessScope(initialize_variables=False):
            return Network(config).shapes()

    # Keras remembers, for each thread, variables that are still to be given memory, and would give
    # it at the next occasion: these are to be forgotten, with the thread.
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(shapes).result()


def network_of(config: MusicVAEConfig, arrays: Mapping[str, npt.NDArray[Any]]) -> Network:
    """The network of ``config`` with the weights ``arrays``, which are taken one by one.

    Raises:
        CheckpointMismatchError: as :func:`assign_variables` does.
    """
    # Before any memory is taken: a damaged header may ask for terabytes.
    require_same_variables(expected_shapes(config), shapes_of(arrays))

    def weights(name: str) -> npt.NDArray[np.float32]:
        array = np.asarray(arrays[name], np.float32)
        require_finite(name, array)
        return array

    with variables_from(weights):
        return Network(config)


def assign_variables(variables: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    """Give every variable its array of the same name.

    Raises:
        CheckpointMismatchError: a variable is missing, unexpected, of another shape, or holds
            values that are not finite; nothing has been changed then.
    """
    require_same_variables(
        {name: tuple(v.shape) for name, v in variables.items()}, shapes_of(arrays)
    )
    for name, array in arrays.items():
        require_finite(name, array)
    for name, variable in variables.items():
        variable.assign(np.asarray(arrays[name], np.float32))


def require_finite(name: str, array: npt.NDArray[Any]) -> None:
    """Raise unless the weights called ``name`` are numbers: a damaged file may hold others.

    Raises:
        CheckpointMismatchError: they are not.
    """
    if not np.all(np.isfinite(array)):
        raise CheckpointMismatchError(
            f"The weights of {name} are not finite numbers.",
            remedy="Fetch or export the checkpoint again: this one is damaged.",
        )


def require_same_variables(
    expected: Mapping[str, tuple[int, ...]], found: Mapping[str, tuple[int, ...]]
) -> None:
    """Raise unless a checkpoint holds exactly the variables that a network declares."""
    missing = sorted(expected.keys() - found.keys())
    extra = sorted(found.keys() - expected.keys())
    reshaped = [
        f"{name} {found[name]} instead of {expected[name]}"
        for name in sorted(expected.keys() & found.keys())
        if expected[name] != found[name]
    ]
    faults = [
        f"{label}: {', '.join(names)}"
        for label, names in (
            ("missing", missing),
            ("unexpected", extra),
            ("of another shape", reshaped),
        )
        if names
    ]
    if faults:
        raise CheckpointMismatchError(
            f"The checkpoint does not fit the network: {'; '.join(faults)}.",
            remedy="Choose the model that the checkpoint was made for, or fetch it again.",
        )
