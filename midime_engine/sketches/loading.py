"""The embedded model of drawings, or one of your own, ready to run."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from midime_engine.musicvae.mixtures import read_mixture
from midime_engine.sketches.files import read_sketch_weights
from midime_engine.sketches.model import SketchRNN

__all__ = ["WEIGHTS", "load"]

WEIGHTS: Final = Path(__file__).parent / "weights" / "sketches.safetensors"
"""The model that is part of MidiMe."""


def load(path: Path = WEIGHTS) -> SketchRNN:
    """Load the model in ``path``, with the mixture beside it where there is one.

    Raises:
        CheckpointError: the file is not there, damaged, or of something else.
    """
    config, arrays = read_sketch_weights(path)
    return SketchRNN(config, arrays, mixture=read_mixture(path))
