"""What the networks compute on the Keras backend of this process, as JSON on standard output.

Started by ``tests/conformance/test_backends.py`` with ``KERAS_BACKEND`` set: a process has one
backend for life.
"""

from __future__ import annotations

import json
import sys

import keras
import numpy as np

from midime_engine import musicvae
from midime_engine.musicvae.config import get_config
from midime_engine.musicvae.model import MusicVAE
from midime_engine.pretraining.objective import PretrainingModel
from tests.support.musicvae_kit import OURS, kit_models
from tests.support.networks import random_arrays, random_tokens


def inference() -> dict[str, object]:
    """Per committed model: largest error of mu, and the share of right greedy and drawn tokens."""
    found: dict[str, object] = {}
    for kit in kit_models(OURS):
        if kit.path.suffix in {".tar", ".ckpt"}:
            continue  # TensorFlow reads these, and it need not be there
        model, expected = musicvae.load(kit.path), kit.expected
        mu = model.encode_tokens(expected["input_tokens"]).mu
        found[kit.folder.name] = {
            "mu_error": float(np.max(np.abs(mu - expected["mu"]))),
            "greedy": float(np.mean(model.decode_tokens(expected["z"]) == expected["tokens"])),
        }
    config = get_config("testing")
    model = MusicVAE(config, random_arrays(config))
    z = np.random.default_rng(0).standard_normal((4, 8)).astype(np.float32)
    found["drawn"] = model.decode_tokens(z, temperature=1.0, seed=1)[..., 0].tolist()
    return found


def training() -> dict[str, object]:
    """Losses of three steps, and a digest of the weights after them."""
    found: dict[str, object] = {}
    for name in ("testing", "testing-trio"):
        config = get_config(name)
        model = PretrainingModel(config, matmul_dtype="float32")
        model.network.assign({k: v / 4.0 for k, v in random_arrays(config).items()})
        model.compile(optimizer=keras.optimizers.SGD(0.01, global_clipnorm=1.0))
        model.beta.assign(0.1)
        rng = np.random.default_rng(1)
        losses = []
        for _ in range(3):
            tokens = random_tokens(config, 4, rng)
            keep = (rng.random((4, config.n_steps)) > 0.2).astype(np.float32)
            noise = rng.standard_normal((4, config.z_size)).astype(np.float32)
            logs = model.train_on_batch((tokens, keep, noise), return_dict=True)
            losses.append(float(logs["loss"]))
            model.reset_metrics()
        sums = {k: float(np.sum(v, dtype=np.float64)) for k, v in model.network.arrays().items()}
        found[name] = {"losses": losses, "sums": sums}
    return found


if __name__ == "__main__":
    result = {"backend": keras.backend.backend(), "inference": inference(), "training": training()}
    json.dump(result, sys.stdout)
