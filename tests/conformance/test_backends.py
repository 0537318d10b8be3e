"""The networks give the same numbers on another Keras backend, in inference and in training.

The app runs on TensorFlow; base models may be trained with JAX on a GPU. Neither JAX nor PyTorch
is required to develop MidiMe, so where they are not installed this is skipped, with a word.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]

OTHERS = ["jax", "torch"]


@cache
def probe(backend: str) -> dict[str, Any]:
    """What a process with that backend computes."""
    if importlib.util.find_spec(backend) is None:
        pytest.skip(f"NOT CHECKED on a second backend: {backend} is not installed")
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.backend_probe"],
        cwd=ROOT,
        env=os.environ | {"KERAS_BACKEND": backend, "CUDA_VISIBLE_DEVICES": "-1"},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert found["backend"] == backend
    return found


@pytest.mark.parametrize("backend", ["tensorflow", *OTHERS])
def test_committed_models_compute_what_is_expected(backend: str) -> None:
    """``mu`` within 1e-5 and every greedy token, for each family."""
    found = probe(backend)["inference"]
    models = {name: figures for name, figures in found.items() if name != "drawn"}
    assert len(models) == 6
    for name, figures in models.items():
        assert figures["mu_error"] < 1e-5, name
        assert figures["greedy"] == 1.0, name


@pytest.mark.parametrize("backend", OTHERS)
def test_one_seed_draws_the_same_notes(backend: str) -> None:
    """Randomness is NumPy's, so it does not change with the backend."""
    theirs = probe(backend)["inference"]["drawn"]
    assert theirs == probe("tensorflow")["inference"]["drawn"]


@pytest.mark.parametrize("backend", OTHERS)
def test_three_training_steps_end_at_the_same_weights(backend: str) -> None:
    """Losses and gradients agree, those written by hand and those of the loops."""
    theirs, ours = probe(backend)["training"], probe("tensorflow")["training"]
    for name in ("testing", "testing-trio"):
        np.testing.assert_allclose(theirs[name]["losses"], ours[name]["losses"], rtol=1e-4)
        for variable, total in ours[name]["sums"].items():
            assert theirs[name]["sums"][variable] == pytest.approx(total, rel=1e-4, abs=1e-3)
