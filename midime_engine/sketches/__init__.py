"""Drawings to latent vectors and back: a latent model that knows nothing of music.

A Sketch-RNN (Ha and Eck 2017, arXiv 1704.03477), trained by us on drawings of our own program:
boats, cats, faces, fish, flowers and houses. What is learnt in a latent space by one engine (from
rules, from ratings) works on it unchanged.

    >>> from midime_engine import sketches
    >>> model = sketches.load()                                 # doctest: +SKIP
    >>> model.decode(model.encode(sketches.drawings(6)).mu)     # doctest: +SKIP

Importing this package is cheap; TensorFlow loads with the model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_engine.sketches.drawing import Drawing
from midime_engine.sketches.files import WEIGHTS
from midime_engine.sketches.generator import KINDS, draw, drawings
from midime_engine.sketches.rules import RULES, SketchRule
from midime_engine.sketches.samples import read_samples

if TYPE_CHECKING:
    from pathlib import Path

    from midime_engine.sketches.model import SketchRNN

__all__ = ["KINDS", "RULES", "Drawing", "SketchRule", "draw", "drawings", "load", "samples"]


def load(path: Path | None = None) -> SketchRNN:
    """Load the embedded model, or the one in ``path``; see :mod:`midime_engine.sketches.loading`.

    Raises:
        CheckpointError: the file is not there, damaged, or of something else.
    """
    from midime_engine.sketches import loading

    return loading.load() if path is None else loading.load(path)


def samples() -> list[Drawing]:
    """What the embedded model draws first, without loading it; see :mod:`.samples`.

    Raises:
        CheckpointError: the file is not there or damaged.
    """
    return read_samples(WEIGHTS)
