"""Corpora to training windows.

Each file is cut by itself (:mod:`midime_engine.pretraining.cutting`), in several processes or on a
Ray cluster. Windows that were there before are left out, those with too few onsets too. The result
does not depend on how many processes worked: it is put together in the order of the files.

Neither TensorFlow nor Keras nor note-seq is needed.
"""

from __future__ import annotations

import csv
import os
import time
from typing import TYPE_CHECKING, Final, Literal, Protocol

import numpy as np

from midime_engine.errors import OptionError, TrainingError
from midime_engine.pretraining import ray_crew
from midime_engine.pretraining.corpora import list_files
from midime_engine.pretraining.crew import Outcome, run_crew, run_here
from midime_engine.pretraining.cutting import Job, cut_file
from midime_engine.pretraining.deduplication import KeySet
from midime_engine.pretraining.pairing import pair, survey
from midime_engine.pretraining.preparation_report import PreparationReport
from midime_engine.pretraining.recipe import Recipe
from midime_engine.pretraining.shards import ShardWriter
from midime_engine.pretraining.windows import Windows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import TypeVar

    import numpy.typing as npt

    from midime_engine.pretraining.corpora import CorpusFile
    from midime_engine.pretraining.cutting import Cut

    _Item = TypeVar("_Item")
    _Value = TypeVar("_Value")

__all__ = ["Preparation", "prepare"]

CrewName = Literal["processes", "ray"]

_VALID_EVERY: Final = 20
"""Without a split of its own, a corpus gives every twentieth file to validation."""

_WORTH_A_CLUSTER: Final = 20_000
"""Files from which on Ray is used where it is installed: it takes ten seconds to start."""


class _Sink(Protocol):
    def add(self, side: str, windows: npt.NDArray[np.uint16]) -> None: ...


class Preparation:
    """Cuts corpora for one kind of model.

    Args:
        containers: zip archives and folders of MIDI files.
        split: CSV with the columns ``corpus``, ``file`` and ``split`` (``train`` or ``valid``);
            without one, every twentieth file of a corpus is kept for validation.
        recipe: the windows that are wanted.
        n_workers: processes; 0 does everything in this one; as many as there are cores by default.
        crew: who does the work; by default Ray for large corpora if it is installed.

    Raises:
        TrainingError: a corpus cannot be read at all.
        OptionError: Ray is asked for and not installed, or the split has other columns.
    """

    def __init__(
        self,
        containers: Sequence[Path],
        *,
        split: Path | None,
        recipe: Recipe,
        n_workers: int | None = None,
        crew: CrewName | None = None,
    ) -> None:
        self.on_file: Callable[[], object] = _nothing
        """Called after each visit to a file, up to :attr:`n_visits` times."""
        self.report = PreparationReport()
        self._recipe = recipe
        self._n_workers = (os.cpu_count() or 1) if n_workers is None else n_workers
        self._sides = _sides(containers, split)
        self.report.n_files = len(self._sides)
        self._crew = self._choose(crew)
        self.report.crew = "Ray" if self._crew == "ray" else f"{max(1, self._n_workers)} processes"

    @property
    def n_visits(self) -> int:
        """Files, or twice as many where each is looked at before it is cut."""
        return len(self._sides) * (2 if self._recipe.is_trio else 1)

    def in_memory(self) -> Windows:
        """All windows as arrays.

        Raises:
            TrainingError: the corpora hold no window that can be used.
        """
        sink = _Memory(self._recipe)
        self._cut_into(sink)
        figures = sink.array("valid_figures")
        return Windows(
            sink.array("train"),
            sink.array("valid"),
            self.report.counts,
            figures if len(figures) else None,
        )

    def into_folder(self, folder: Path) -> None:
        """Write all windows to shards as they come; memory stays bounded.

        Raises:
            TrainingError: the folder is not empty, or the corpora hold no window that can be used.
        """
        with ShardWriter(folder, (self._recipe.n_steps, len(self._recipe.parts))) as writer:
            self._cut_into(writer)
            writer.count(self.report.counts)

    def by_file(self) -> Iterator[tuple[Job, npt.NDArray[np.uint16]]]:
        """Each file that could be cut, and of its windows those that are new."""
        seen = {"train": KeySet(), "valid": KeySet()}
        jobs = self._jobs()
        for job, outcome in zip(jobs, self._run(cut_file, jobs), strict=True):
            if outcome.value is None:
                self.report.failures.append((job.file, outcome.failure or ""))
            else:
                yield job, outcome.value.windows[seen[job.side].add(outcome.value.keys)]

    def _choose(self, crew: CrewName | None) -> CrewName:
        if crew == "ray" and not ray_crew.is_installed():
            raise OptionError(
                "Ray is not installed.", remedy="Install it with pip install 'ray[data]'."
            )
        if crew is None and self._n_workers and len(self._sides) >= _WORTH_A_CLUSTER:
            return "ray" if ray_crew.is_installed() else "processes"
        return crew or "processes"

    def _run(
        self, function: Callable[[_Item], _Value], items: Sequence[_Item]
    ) -> Iterator[Outcome[_Value]]:
        for outcome in self._outcomes(function, items):
            self.on_file()
            yield outcome

    def _outcomes(
        self, function: Callable[[_Item], _Value], items: Sequence[_Item]
    ) -> Iterator[Outcome[_Value]]:
        if self._crew == "ray":
            return ray_crew.run_on_ray(function, items, n_workers=self._n_workers)
        if not self._n_workers:
            return run_here(function, items)
        return run_crew(function, items, n_workers=self._n_workers)

    def _jobs(self) -> list[Job]:
        drums = self._pairs() if self._recipe.is_trio else {}
        failed = {file for file, _ in self.report.failures}
        return [
            Job(file, side, self._recipe, drums.get(file, ()))
            for file, side in self._sides.items()
            if file not in failed
        ]

    def _pairs(self) -> dict[CorpusFile, tuple[CorpusFile, ...]]:
        files = list(self._sides)
        surveys = []
        for file, outcome in zip(files, self._run(survey, files), strict=True):
            if outcome.value is None:
                self.report.failures.append((file, outcome.failure or ""))
            else:
                surveys.append(outcome.value)
        pairs = pair(surveys, self._sides)
        self.report.n_unpaired = sum(not drums for drums in pairs.values())
        return pairs

    def _cut_into(self, sink: _Sink) -> None:
        began = time.monotonic()
        seen = {"train": KeySet(), "valid": KeySet()}
        jobs = self._jobs()
        for job, outcome in zip(jobs, self._run(cut_file, jobs), strict=True):
            if outcome.value is None:
                self.report.failures.append((job.file, outcome.failure or ""))
            else:
                self._keep(job, outcome.value, seen[job.side], sink)
        self.report.seconds = time.monotonic() - began
        sides = {side for (_, side), count in self.report.windows.items() if count}
        if not {"train", "valid"} <= sides:
            raise TrainingError(
                "The corpora hold too little music of this kind to train and to validate on.",
                remedy="Name archives with more files, or another model.",
            )

    def _keep(self, job: Job, cut: Cut, seen: KeySet, sink: _Sink) -> None:
        """Accompaniment is trained on like the rest, but judged apart: figures stay comparable."""
        apart = "valid_figures" if job.side == "valid" else job.side
        self.report.n_empty += not (len(cut.windows) or len(cut.figures))
        for side, windows, keys in (
            (job.side, cut.windows, cut.keys),
            (apart, cut.figures, cut.figure_keys),
        ):
            new = seen.add(keys)
            sink.add(side, windows[new])
            self.report.windows[job.source, side] += int(new.sum())
            self.report.n_repeated += int((~new).sum())


def _nothing() -> None:
    """Whoever does not ask is not told."""


class _Memory:
    """Collects windows until they are wanted as arrays."""

    def __init__(self, recipe: Recipe) -> None:
        self._kept: dict[str, list[npt.NDArray[np.uint16]]] = {}
        self._nothing = np.zeros((0, recipe.n_steps, len(recipe.parts)), np.uint16)

    def add(self, side: str, windows: npt.NDArray[np.uint16]) -> None:
        """Keep them."""
        self._kept.setdefault(side, []).append(windows)

    def array(self, side: str) -> npt.NDArray[np.int32]:
        """All of one side."""
        return np.concatenate([self._nothing, *self._kept.get(side, [])]).astype(np.int32)


def prepare(
    containers: Sequence[Path],
    *,
    split: Path | None,
    parts: tuple[str, ...],
    n_steps: int,
    n_workers: int | None = None,
) -> Windows:
    """Cut ``containers`` into windows for a model of ``parts``; see :class:`Preparation`.

    Raises:
        MidimeError: as :class:`Preparation` and its methods.
    """
    recipe = Recipe(parts, n_steps)
    return Preparation(containers, split=split, recipe=recipe, n_workers=n_workers).in_memory()


def _sides(containers: Sequence[Path], split: Path | None) -> dict[CorpusFile, str]:
    """Side of every file, in order."""
    table = _read_split(split) if split else None
    sides = {}
    for container in containers:
        for index, file in enumerate(list_files(container)):
            if table is None:
                by_turns = "valid" if index % _VALID_EVERY == _VALID_EVERY - 1 else "train"
                sides[file] = by_turns
            else:
                sides[file] = table.get((file.corpus, file.name), "train")
    return sides


def _read_split(path: Path) -> dict[tuple[str, str], str]:
    try:
        with path.open(newline="", encoding="utf-8") as file:
            table = {(row["corpus"], row["file"]): row["split"] for row in csv.DictReader(file)}
    except (OSError, UnicodeDecodeError, KeyError, csv.Error) as error:
        raise OptionError(
            f"{path.name} is no table with the columns corpus, file and split.",
            remedy="Name a CSV file with these columns, or none.",
        ) from error
    if not set(table.values()) <= {"train", "valid"}:
        raise OptionError(
            f"{path.name} knows other sides than train and valid.",
            remedy="Write train or valid into the column split.",
        )
    return table
