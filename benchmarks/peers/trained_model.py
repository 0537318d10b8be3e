"""Magenta's ``TrainedModel`` in the comparison; see ``worker.py`` for the commands it answers.

Runs in an environment of its own, with the packages of ``requirements-magenta.txt`` and, without
its pinned dependencies, ``magenta``. That release is older than Keras 3, NumPy 2 and
tensorflow-datasets as they are now; the lines before the import bridge that.
"""

from __future__ import annotations

import time

_STARTED = time.perf_counter()

import json
import os
import sys
import types
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import worker

os.environ["TF_USE_LEGACY_KERAS"] = "1"  # Its layers and cells come from tf_keras.
sys.modules["tensorflow_datasets"] = types.ModuleType("tensorflow_datasets")  # For training only.

from magenta.models.music_vae import configs
from magenta.models.music_vae.trained_model import TrainedModel

_IMPORT_SECONDS = time.perf_counter() - _STARTED

if TYPE_CHECKING:
    from collections.abc import Mapping

_CONFIG = "cat-mel_2bar_small"
_DEPTH = 90
_N_STEPS = 32
_GREEDY_TEMPERATURE = 1e-6  # It has no argmax; so cold, a draw is the likeliest token.


class Magenta:
    """``TrainedModel``, one for each batch size, as it must be."""

    def __init__(self) -> None:
        self._models: dict[int, TrainedModel] = {}
        self.tasks = {"encode": self._encode, "sample": self._sample}

    def load(self, command: Mapping[str, Any]) -> dict[str, Any]:
        workload = json.loads(Path(command["workload"]).read_text(encoding="utf-8"))
        tokens = np.array(workload["tokens"], np.int32)
        self._one_hot = np.eye(_DEPTH, dtype=np.float32)[tokens]
        self._z = np.array(workload["z"], np.float32)
        self._temperature = workload["temperature"]
        self._weights = command["weights"]
        since = time.perf_counter()
        self._model(1)
        return {
            "import_seconds": _IMPORT_SECONDS,
            "load_seconds": time.perf_counter() - since,
            "versions": {name: metadata.version(name) for name in ("magenta", "tensorflow")},
        }

    def parity(self, command: Mapping[str, Any]) -> dict[str, Any]:
        batch = command["batch"]
        _, mu, sigma = self._encoded(batch)
        tokens = self._decoded(batch, _GREEDY_TEMPERATURE)
        return {"mu": mu.tolist(), "sigma": sigma.tolist(), "tokens": tokens.tolist()}

    def _model(self, batch: int) -> TrainedModel:
        if batch not in self._models:
            config = configs.CONFIG_MAP[_CONFIG]
            self._models[batch] = TrainedModel(
                config, batch_size=batch, checkpoint_dir_or_path=self._weights
            )
        return self._models[batch]

    def _encoded(self, batch: int) -> tuple[Any, Any, Any]:
        # The lists are made afresh: it appends its padding to those of the caller.
        inputs = list(self._one_hot[:batch])
        return self._model(batch).encode_tensors(inputs, [_N_STEPS] * batch)  # type: ignore[no-any-return]

    def _decoded(self, batch: int, temperature: float) -> np.ndarray[Any, Any]:
        decoded = self._model(batch).decode_to_tensors(
            self._z[:batch], length=_N_STEPS, temperature=temperature
        )
        return np.argmax(np.asarray(decoded), axis=-1)  # type: ignore[no-any-return]

    def _encode(self, command: Mapping[str, Any]) -> None:
        self._encoded(command["batch"])

    def _sample(self, command: Mapping[str, Any]) -> None:
        self._decoded(command["batch"], self._temperature)


worker.serve(Magenta())
