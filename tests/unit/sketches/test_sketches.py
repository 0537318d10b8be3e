"""The package is cheap to import."""

from __future__ import annotations

import subprocess
import sys

import pytest

from midime_engine import sketches
from midime_engine.errors import CheckpointError


def test_importing_it_loads_no_network() -> None:
    """Neither TensorFlow nor Keras: drawings and rules need NumPy only."""
    code = (
        "import sys; from midime_engine import sketches; sketches.drawings(1); "
        "print(sorted({'tensorflow', 'keras'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_model_of_ones_own_can_be_loaded(tmp_path) -> None:
    """By its path; a wrong one is said so."""
    with pytest.raises(CheckpointError, match="nothing"):
        sketches.load(tmp_path / "nothing.safetensors")
