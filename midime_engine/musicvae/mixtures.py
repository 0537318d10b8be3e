"""The mixture of a model, in a small file beside its weights: where in z its music lies.

``mel_2bar.safetensors`` has ``mel_2bar.mixture.safetensors``: the arrays of a
:class:`midime_engine.latent.mixture.Mixture` in half precision, and ``z_size`` in the header.
Checkpoints of others have none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from midime_engine.errors import CheckpointError
from midime_engine.latent.mixture import Mixture

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["mixture_path", "read_mixture", "write_mixture"]

_ARRAYS: Final = ("weights", "means", "factors")


def mixture_path(weights: Path) -> Path:
    """Where the mixture of the model stored at ``weights`` is, if it has one."""
    return weights.with_suffix(".mixture.safetensors")


def write_mixture(weights: Path, mixture: Mixture) -> Path:
    """Store ``mixture`` beside ``weights``; returns its path."""
    path = mixture_path(weights)
    arrays = {name: getattr(mixture, name).astype(np.float16) for name in _ARRAYS}
    arrays["dimensions"] = mixture.dimensions.astype(np.int32)
    temporary = path.with_suffix(".partial")
    save_file(arrays, temporary, metadata={"z_size": str(mixture.z_size)})
    temporary.replace(path)
    return path


def read_mixture(weights: Path) -> Mixture | None:
    """The mixture beside ``weights``; None where there is none.

    Raises:
        CheckpointError: the file is damaged.
    """
    path = mixture_path(weights)
    if not path.exists():
        return None
    try:
        with safe_open(path, framework="numpy") as file:
            z_size = int(file.metadata()["z_size"])
            floats = (file.get_tensor(name).astype(np.float32) for name in _ARRAYS)
            return Mixture(z_size, file.get_tensor("dimensions").astype(np.int64), *floats)
    except (OSError, SafetensorError, KeyError, TypeError, ValueError, IndexError) as error:
        raise CheckpointError(
            f"{path.name} holds no mixture: {error}",
            remedy="Export the model again, or delete the file: the model works without it.",
        ) from error
