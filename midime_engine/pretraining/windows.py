"""Training windows: what a model is trained and judged on, in one small file or in shards.

Reading and writing them needs NumPy and nothing else, so that they can be carried to any machine.
How they are made is said in :mod:`midime_engine.pretraining.preparation`.
"""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np

from midime_engine.errors import TrainingError
from midime_engine.pretraining.shards import Rows, open_shards

if TYPE_CHECKING:
    from pathlib import Path

    from midime_engine.protocols import IntArray

__all__ = ["Windows", "load_windows", "save_windows"]

_MOST_VALID: Final = 20_000
"""Windows that a model is judged on: enough for a standard error of a tenth of a percent."""


@dataclass(frozen=True, slots=True)
class Windows:
    """What a model is trained and judged on."""

    train: IntArray
    """``[n, steps, parts]``."""

    valid: IntArray
    """``[m, steps, parts]``, from other songs."""

    counts: dict[str, int]
    """Windows per corpus, and the files that could not be read (``unreadable``)."""

    valid_figures: IntArray | None = None
    """Accompaniment in the songs of ``valid``, judged apart, ``[k, steps, parts]``."""


def save_windows(windows: Windows, path: Path) -> None:
    """Write windows as a compressed ``.npz`` of 16-bit integers."""
    temporary = path.with_suffix(".partial.npz")
    counts = np.array([f"{name}={count}" for name, count in windows.counts.items()])
    arrays = {"train": windows.train, "valid": windows.valid}
    if windows.valid_figures is not None:
        arrays["valid_figures"] = windows.valid_figures
    stored: dict[str, Any] = {name: array.astype(np.uint16) for name, array in arrays.items()}
    np.savez_compressed(temporary, counts=counts, **stored)
    temporary.replace(path)


def load_windows(path: Path) -> Windows:
    """Read what :func:`save_windows` wrote, or map a folder of shards; nothing is unpickled.

    The training windows of a folder stay on disk: they are rows of files, indexed like an array.
    Of its validation windows, up to 20,000 from evenly all over are read.

    Raises:
        TrainingError: nothing of the kind is there.
    """
    if path.is_dir():
        sides, found = open_shards(path)
        figures = _some(sides["valid_figures"]) if len(sides["valid_figures"]) else None
        train = cast("IntArray", sides["train"])  # indexed as an array is
        return Windows(train, _some(sides["valid"]), found, figures)
    try:
        with np.load(path, allow_pickle=False) as stored:
            counts = dict(str(entry).rsplit("=", 1) for entry in stored["counts"])
            figures = stored.get("valid_figures")
            return Windows(
                _tokens(stored["train"]),
                _tokens(stored["valid"]),
                {name: int(count) for name, count in counts.items()},
                None if figures is None else _tokens(figures),
            )
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise TrainingError(
            f"{path.name} holds no training windows.",
            remedy="Prepare them again with midime windows.",
        ) from error


def _some(rows: Rows) -> IntArray:
    return rows[np.linspace(0, len(rows) - 1, min(len(rows), _MOST_VALID)).astype(np.int64)]


def _tokens(stored: IntArray) -> IntArray:
    if stored.ndim != 3 or stored.dtype.kind not in "ui":  # noqa: PLR2004 - [n, steps, parts]
        raise ValueError(f"windows are [n, steps, parts] of integers; got {stored.shape}")
    return stored.astype(np.int32)
