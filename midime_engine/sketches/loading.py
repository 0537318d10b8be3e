"""The embedded model of drawings, or one of your own, ready to run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_engine.musicvae.mixtures import read_mixture
from midime_engine.sketches.files import WEIGHTS, read_sketch_weights
from midime_engine.sketches.model import SketchRNN

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["load"]


def load(path: Path = WEIGHTS) -> SketchRNN:
    """Load the model in ``path``, with the mixture beside it where there is one.

    Raises:
        CheckpointError: the file is not there, damaged, or of something else.
    """
    config, arrays = read_sketch_weights(path)
    return SketchRNN(config, arrays, mixture=read_mixture(path))
