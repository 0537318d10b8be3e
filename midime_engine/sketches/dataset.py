"""Drawings as one array to train on, drawn once and kept in a file."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.errors import TrainingError
from midime_engine.sketches.generator import drawings
from midime_engine.sketches.strokes import WIDTH, rows_from_drawings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from midime_engine.protocols import FloatArray
    from midime_engine.sketches.config import SketchConfig

__all__ = ["HELD_OUT_SEED", "TRAINING_SEED", "drawn_rows", "load_rows", "save_rows"]

TRAINING_SEED: Final = 0
HELD_OUT_SEED: Final = 1
"""Of the drawings that a model is trained and judged on: streams that have nothing in common."""

_AT_ONCE: Final = 500


def drawn_rows(
    n: int,
    config: SketchConfig,
    *,
    seed: int = TRAINING_SEED,
    progress: Callable[[int], None] | None = None,
) -> FloatArray:
    """``n`` drawings of all kinds in turn as rows, float16 ``[n, n_steps, 5]``.

    ``progress`` is told how many there are after each few hundred.
    """
    rows = np.empty((n, config.n_steps, WIDTH), np.float16)
    for start in range(0, n, _AT_ONCE):
        some = drawings(min(_AT_ONCE, n - start), seed=seed, start=start)
        rows[start : start + len(some)] = rows_from_drawings(
            some, steps=config.n_steps, scale=config.scale
        )
        if progress is not None:
            progress(start + len(some))
    return rows  # type: ignore[return-value]  # half precision is enough to train on


def save_rows(rows: FloatArray, path: Path) -> None:
    """Keep ``rows`` in ``path``, whole or not at all."""
    temporary = path.with_suffix(".partial.npz")
    np.savez_compressed(temporary, rows=rows)
    temporary.replace(path)


def load_rows(path: Path) -> FloatArray:
    """What :func:`save_rows` kept.

    Raises:
        TrainingError: the file is damaged.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            rows: FloatArray = stored["rows"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise TrainingError(
            f"{path.name} holds no drawings: {error}", remedy="Delete it to draw them anew."
        ) from error
    return rows
