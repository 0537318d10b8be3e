"""Our side of the comparison; see ``worker.py`` for the commands it answers."""

from __future__ import annotations

import time

_STARTED = time.perf_counter()

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import worker

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import keras
import tensorflow as tf

from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.model import MidiMe
from midime_engine.midime.training import training_steps
from midime_engine.musicvae import loading

_IMPORT_SECONDS = time.perf_counter() - _STARTED

if TYPE_CHECKING:
    from collections.abc import Mapping


class Ours:
    """The engine's own functions, arrays in and arrays out."""

    def __init__(self) -> None:
        self.tasks = {
            "encode": self._encode,
            "decode": self._decode,
            "sample": self._sample,
            "train": self._train,
        }

    def load(self, command: Mapping[str, Any]) -> dict[str, Any]:
        workload = json.loads(Path(command["workload"]).read_text(encoding="utf-8"))
        self._tokens = np.array(workload["tokens"], np.int32)[:, :, None]
        self._z = np.array(workload["z"], np.float32)
        self._songs = np.array(workload["songs"], np.float32)
        self._temperature = workload["temperature"]
        since = time.perf_counter()
        self._model = loading.load(Path(command["weights"]))
        return {
            "import_seconds": _IMPORT_SECONDS,
            "load_seconds": time.perf_counter() - since,
            "versions": {"tensorflow": tf.__version__, "keras": keras.__version__},
        }

    def parity(self, command: Mapping[str, Any]) -> dict[str, Any]:
        batch = command["batch"]
        latents = self._model.encode_tokens(self._tokens[:batch])
        tokens = self._model.decode_tokens(self._z[:batch])
        return {
            "mu": latents.mu.tolist(),
            "sigma": latents.sigma.tolist(),
            "tokens": tokens[:, :, 0].tolist(),
        }

    def _encode(self, command: Mapping[str, Any]) -> None:
        self._model.encode_tokens(self._tokens[: command["batch"]])

    def _decode(self, command: Mapping[str, Any]) -> None:
        self._model.decode_tokens(self._z[: command["batch"]])

    def _sample(self, command: Mapping[str, Any]) -> None:
        z = self._z[: command["batch"]]
        self._model.decode_tokens(z, temperature=self._temperature, seed=0)

    def _train(self, command: Mapping[str, Any]) -> float:
        midime = MidiMe(MidiMeConfig(early_stop=False))
        z = self._songs[: command["batch"]]
        steps = list(training_steps(midime, z, epochs=command["epochs"]))
        _ = midime.weights  # They stay in the backend until somebody looks.
        return steps[-1].total


worker.serve(Ours())
