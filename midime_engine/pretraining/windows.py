"""Corpora to training windows: one small file that can be carried to any machine.

A window is as many whole bars as fit the model's steps; in a shorter metre the rest is silence,
just as the app cuts a user's waltz. Windows advance by one bar. Those with fewer than two onsets
are left out, and so are repetitions: two melodic windows are the same when they differ by a
transposition only, because training transposes at random anyway.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midime_engine.converters.classes import FIRST_ONSET
from midime_engine.errors import TrainingError
from midime_engine.pretraining.corpora import lines_of_midi, midi_files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from midime_engine.pretraining.corpora import CorpusLine
    from midime_engine.protocols import IntArray

__all__ = ["Windows", "load_windows", "prepare", "save_windows"]

_MIN_ONSETS = 2
_VALID_EVERY = 20
"""Without a split of its own, a corpus gives every twentieth file to validation."""

_MIN_HOP = 16
"""Steps. Bars of 2/4 are taken in pairs, as a bar of 4/4 is."""


@dataclass(frozen=True, slots=True)
class Windows:
    """What a model is trained and judged on."""

    train: IntArray
    """``[n, steps, parts]``."""

    valid: IntArray
    """``[m, steps, parts]``, from other songs."""

    counts: dict[str, int]
    """Windows per corpus, and the files that could not be read (``unreadable``)."""


def prepare(
    archives: Sequence[Path], *, split: Path | None, parts: tuple[str, ...], n_steps: int
) -> Windows:
    """Cut the songs of all ``archives`` into windows for a model of one part.

    Args:
        archives: zip files of MIDI.
        split: CSV with the columns ``corpus``, ``file`` and ``split`` (``train`` or ``valid``);
            without one, every twentieth file is kept for validation.
        parts: ``("melody",)`` or ``("drums",)``.
        n_steps: steps of a window.

    Raises:
        TrainingError: the archives hold no window that can be used.
    """
    drums = parts == ("drums",)
    sides = _read_split(split) if split else {}
    kept: dict[str, list[IntArray]] = {"train": [], "valid": []}
    counts: Counter[str] = Counter()
    seen: dict[str, set[bytes]] = {"train": set(), "valid": set()}
    for archive in archives:
        for index, (name, data) in enumerate(midi_files(archive)):
            by_turns = "valid" if index % _VALID_EVERY == _VALID_EVERY - 1 else "train"
            side = sides.get((archive.stem, name), by_turns if not sides else "train")
            try:
                lines = lines_of_midi(data, drums=drums)
            except RuntimeError:
                counts["unreadable"] += 1
                continue
            for line in lines:
                for window in _cut(line, n_steps, drums=drums):
                    key = _without_transposition(window, drums=drums)
                    if key not in seen[side]:
                        seen[side].add(key)
                        kept[side].append(window)
                        counts[archive.stem] += 1
    if not kept["train"] or not kept["valid"]:
        raise TrainingError(
            "The corpora hold too little music of this kind to train and to validate on.",
            remedy="Name archives with more files, or another model.",
        )
    train, valid = (np.stack(kept[side])[:, :, None] for side in ("train", "valid"))
    return Windows(train, valid, dict(counts))


def save_windows(windows: Windows, path: Path) -> None:
    """Write windows as a compressed ``.npz`` of 16-bit integers."""
    temporary = path.with_suffix(".partial.npz")
    counts = np.array([f"{name}={count}" for name, count in windows.counts.items()])
    np.savez_compressed(
        temporary,
        train=windows.train.astype(np.uint16),
        valid=windows.valid.astype(np.uint16),
        counts=counts,
    )
    temporary.replace(path)


def load_windows(path: Path) -> Windows:
    """Read what :func:`save_windows` wrote; nothing is unpickled."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            counts = dict(str(entry).rsplit("=", 1) for entry in stored["counts"])
            return Windows(
                stored["train"].astype(np.int32),
                stored["valid"].astype(np.int32),
                {name: int(count) for name, count in counts.items()},
            )
    except (OSError, ValueError, KeyError) as error:
        raise TrainingError(
            f"{path.name} holds no training windows.",
            remedy="Prepare them again with midime pretrain --corpora.",
        ) from error


def _read_split(path: Path) -> dict[tuple[str, str], str]:
    with path.open(newline="", encoding="utf-8") as file:
        return {(row["corpus"], row["file"]): row["split"] for row in csv.DictReader(file)}


def _cut(corpus_line: CorpusLine, n_steps: int, *, drums: bool) -> Iterator[IntArray]:
    bar = corpus_line.steps_per_bar
    if bar > n_steps:
        return
    length = n_steps // bar * bar
    hop = bar * max(1, _MIN_HOP // bar)
    total = len(corpus_line.line.tokens)
    for start in range(0, max(1, total - length + 1), hop):
        window = corpus_line.line.window(start, length, n_steps)
        onsets = np.sum(window > 0) if drums else np.sum(window >= FIRST_ONSET)
        if onsets >= _MIN_ONSETS:
            yield window


def _without_transposition(window: IntArray, *, drums: bool) -> bytes:
    if drums:
        return window.astype(np.int16).tobytes()
    onset = window >= FIRST_ONSET
    lowest = int(window[onset].min())
    return np.where(onset, window - lowest + FIRST_ONSET, window).astype(np.uint8).tobytes()
