"""What a model draws by itself, beside its weights: to be seen before any network is loaded.

``sketches.safetensors`` has ``sketches.samples.safetensors``: the rows of its first drawings of
seed 0 in half precision, without chance, and the scale of their offsets in the header.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from midime_engine.errors import CheckpointError
from midime_engine.sketches.strokes import drawing_from_rows

if TYPE_CHECKING:
    from pathlib import Path

    from midime_engine.sketches.drawing import Drawing
    from midime_engine.sketches.model import SketchRNN

__all__ = ["N_SAMPLES", "SAMPLES_SEED", "read_samples", "write_samples"]

N_SAMPLES: Final = 120
"""As many as shares are told from: to within four hundredths."""

SAMPLES_SEED: Final = 0


def write_samples(weights: Path, model: SketchRNN) -> Path:
    """Let ``model`` draw, and keep it beside its ``weights``; returns the path."""
    path = _path(weights)
    rows = model.decode_rows(model.starts(N_SAMPLES, seed=SAMPLES_SEED)).astype(np.float16)
    temporary = path.with_suffix(".partial")
    save_file({"rows": rows}, temporary, metadata={"scale": repr(float(model.config.scale))})
    temporary.replace(path)
    return path


def read_samples(weights: Path) -> list[Drawing]:
    """The drawings beside ``weights``: what its model gives for the places of that seed.

    Raises:
        CheckpointError: there are none, or the file is damaged.
    """
    path = _path(weights)
    try:
        with safe_open(path, framework="numpy") as file:
            scale = float(file.metadata()["scale"])
            return [drawing_from_rows(row, scale=scale) for row in file.get_tensor("rows")]
    except (OSError, SafetensorError, KeyError, TypeError, ValueError, IndexError) as error:
        raise CheckpointError(
            f"{path.name} holds no drawings: {error}", remedy="Install MidiMe again."
        ) from error


def _path(weights: Path) -> Path:
    return weights.with_suffix(".samples.safetensors")
