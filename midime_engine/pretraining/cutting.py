"""One file to its windows: the work that is shared out among processes and machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from midime_engine.pretraining.corpora import CorpusFile, read_file
from midime_engine.pretraining.deduplication import keys_of
from midime_engine.pretraining.melodies import drums, figures, melodies
from midime_engine.pretraining.scores import read_score
from midime_engine.pretraining.trios import drum_bars, paired_trios, trios

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.pretraining.recipe import Recipe
    from midime_engine.pretraining.scores import Score
    from midime_engine.protocols import IntArray

__all__ = ["Cut", "Job", "cut_file"]


class Job(NamedTuple):
    """What to do with one file."""

    file: CorpusFile
    side: str
    """``train`` or ``valid``."""

    recipe: Recipe
    drums: tuple[CorpusFile, ...] = ()
    """Drum parts to play under it, one after the other."""

    @property
    def source(self) -> str:
        """Where its windows come from: a corpus, or two of them."""
        corpora = [self.file.corpus, *(part.corpus for part in self.drums)]
        return "+".join(dict.fromkeys(corpora))


class Cut(NamedTuple):
    """Windows of one file and their keys."""

    windows: npt.NDArray[np.uint16]
    """``[n, steps, parts]``."""

    keys: npt.NDArray[np.uint64]
    figures: npt.NDArray[np.uint16]
    """Windows of accompaniment, ``[m, steps, parts]``."""

    figure_keys: npt.NDArray[np.uint64]


def cut_file(job: Job) -> Cut:
    """Read a file and cut it.

    Raises:
        MidiReadError: it, or drums that belong to it, cannot be read.
    """
    recipe = job.recipe
    score = read_score(read_file(job.file))
    found = _windows(score, job) if len(score.bars) else []
    accompaniment = figures(score, recipe) if recipe.with_figures and len(score.bars) else []
    windows, figure_windows = _stack(found, recipe), _stack(accompaniment, recipe)
    return Cut(
        windows.astype(np.uint16),
        keys_of(windows, recipe.parts),
        figure_windows.astype(np.uint16),
        keys_of(figure_windows, recipe.parts),
    )


def _windows(score: Score, job: Job) -> list[IntArray]:
    if not job.recipe.is_trio:
        return (drums if job.recipe.parts == ("drums",) else melodies)(score, job.recipe)
    if job.drums:
        bars = [drum_bars(read_score(read_file(part))) for part in job.drums]
        return paired_trios(score, np.concatenate(bars), job.recipe)
    return trios(score, job.recipe)


def _stack(windows: list[IntArray], recipe: Recipe) -> IntArray:
    empty = np.zeros((0, recipe.n_steps, len(recipe.parts)), np.int32)
    return np.stack(windows) if windows else empty
