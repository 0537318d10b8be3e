"""Weights of a Sketch-RNN in one safetensors file, with its architecture in the header."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from midime_engine.errors import CheckpointError
from midime_engine.sketches.config import SketchConfig

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from midime_engine.protocols import FloatArray

__all__ = ["FORMAT", "WEIGHTS", "read_sketch_weights", "write_sketch_weights"]

WEIGHTS: Final = Path(__file__).parent / "weights" / "sketches.safetensors"
"""Those of the model that is part of MidiMe."""

FORMAT: Final = "midime-sketch-rnn-1"

_MAX_BYTES: Final = 1 << 28
"""Fifty times what the paper's largest model takes in half precision: anything larger is none."""

_REMEDY: Final = "Install MidiMe again, or train the model again with midime pretrain-sketches."


def write_sketch_weights(
    path: Path, config: SketchConfig, arrays: Mapping[str, npt.NDArray[Any]]
) -> None:
    """Write ``arrays`` in half precision, whole or not at all."""
    tensors = {name: np.ascontiguousarray(array, np.float16) for name, array in arrays.items()}
    temporary = path.with_suffix(".partial")
    save_file(tensors, temporary, metadata={"format": FORMAT, "config": json.dumps(asdict(config))})
    temporary.replace(path)


def read_sketch_weights(path: Path) -> tuple[SketchConfig, dict[str, FloatArray]]:
    """The architecture, and the weights by name, float32.

    Raises:
        CheckpointError: the file is not there, damaged, or of something else.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise CheckpointError(f"{path.name} is too large for drawings.", remedy=_REMEDY)
        with safe_open(path, framework="numpy") as file:
            known = file.metadata() or {}
            if known.get("format") != FORMAT:
                raise CheckpointError(f"{path.name} holds no model of drawings.", remedy=_REMEDY)
            config = SketchConfig(**json.loads(known["config"]))
            names = file.keys()
            return config, {name: file.get_tensor(name).astype(np.float32) for name in names}
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as error:
        raise CheckpointError(f"{path.name} cannot be read: {error}", remedy=_REMEDY) from error
