"""Random weights of the shapes of ``cat-mel_2bar_small``, in the forms that the programs read.

Speed does not depend on what the weights are, but agreement does: these are large enough that
decoding gives varied tokens and gates that are neither shut nor wide open.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy.typing as npt

    Arrays = Mapping[str, npt.NDArray[np.float32]]

__all__ = ["random_weights", "write_magenta_js", "write_tensorflow"]

_ENCODER = "encoder/cell_0/bidirectional_rnn/{}/multi_rnn_cell/cell_0/lstm_cell"
_CELL = "decoder/multi_rnn_cell/cell_{}/lstm_cell"
_DENSE = {
    _ENCODER.format("fw"): (602, 2048),
    _ENCODER.format("bw"): (602, 2048),
    "encoder/mu": (1024, 256),
    "encoder/sigma": (1024, 256),
    "decoder/z_to_initial_state": (256, 1024),
    _CELL.format(0): (602, 1024),
    _CELL.format(1): (512, 1024),
    "decoder/output_projection": (256, 90),
}
_N_TOKENS = 90
_READS_TOKENS = (_ENCODER.format("fw"), _ENCODER.format("bw"), _CELL.format(0))
_GAIN = 2.0
_TOKEN_GAIN = 6.0  # One row of them acts at a time: the token must matter beside 512 other inputs.
_SHARD_BYTES = 4 * 1024 * 1024


def random_weights(seed: int) -> dict[str, npt.NDArray[np.float32]]:
    """All 16 tensors by their checkpoint names: 4,423,770 numbers."""
    rng = np.random.default_rng(seed)
    arrays = {}
    for scope, (inputs, units) in _DENSE.items():
        scale = np.float32(_GAIN / np.sqrt(inputs))
        kernel = scale * rng.standard_normal((inputs, units), np.float32)
        if scope in _READS_TOKENS:
            kernel[:_N_TOKENS] *= np.float32(_TOKEN_GAIN)
        arrays[f"{scope}/kernel"] = kernel
        arrays[f"{scope}/bias"] = np.float32(0.1) * rng.standard_normal(units, np.float32)
    return arrays


def write_magenta_js(folder: Path, arrays: Arrays) -> None:
    """A folder as Magenta.js hosts its checkpoints: config, manifest and shards of 4 MiB."""
    folder.mkdir(parents=True)
    converter = {
        "type": "MelodyConverter",
        "args": {"numSteps": 32, "minPitch": 21, "maxPitch": 108},
    }
    _write_json(folder / "config.json", {"type": "MusicVAE", "dataConverter": converter})
    data = b"".join(array.astype("<f4").tobytes() for array in arrays.values())
    shards = [data[at : at + _SHARD_BYTES] for at in range(0, len(data), _SHARD_BYTES)]
    names = [f"group1-shard{i}of{len(shards)}" for i in range(1, len(shards) + 1)]
    for name, shard in zip(names, shards, strict=True):
        (folder / name).write_bytes(shard)
    tensors = [
        {"name": name, "shape": list(array.shape), "dtype": "float32"}
        for name, array in arrays.items()
    ]
    _write_json(folder / "weights_manifest.json", [{"paths": names, "weights": tensors}])


def write_tensorflow(prefix: Path, arrays: Arrays) -> None:
    """A TensorFlow checkpoint with the given names, as ``tf.train.Saver`` writes them."""
    import tensorflow as tf

    prefix.parent.mkdir(parents=True, exist_ok=True)
    tensors = {**arrays, "global_step": np.int64(0)}  # Magenta's graph asks for the counter too.
    tf.raw_ops.SaveV2(
        prefix=str(prefix),
        tensor_names=list(tensors),
        shape_and_slices=[""] * len(tensors),
        tensors=list(tensors.values()),
    )


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value), encoding="utf-8")
