from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_engine.errors import MidiReadError
from midime_engine.pretraining.corpora import list_files
from midime_engine.pretraining.cutting import Job, cut_file
from midime_engine.pretraining.recipe import TRIO, Recipe
from tests.support.corpora import band, beat, corpus, pianist

if TYPE_CHECKING:
    from pathlib import Path

MELODY, DRUMS, BAND = Recipe(("melody",), 32), Recipe(("drums",), 32), Recipe(TRIO, 64)


@pytest.mark.parametrize(
    ("recipe", "shape"), [(MELODY, (14, 32, 1)), (DRUMS, (7, 32, 1)), (BAND, (5, 64, 3))]
)
def test_a_band_is_cut_for_every_kind_of_model(recipe, shape, tmp_path: Path) -> None:
    """Its bass is a melody too. There is a key for each window, and no figures are in it."""
    (file,) = list_files(corpus(tmp_path, song=band(8)))
    cut = cut_file(Job(file, "train", recipe))
    assert cut.windows.shape == shape
    assert cut.windows.dtype == np.uint16
    assert len(cut.keys) == len(cut.windows)
    assert len(cut.figures) == len(cut.figure_keys) == 0


def test_accompaniment_comes_apart(tmp_path: Path) -> None:
    """So that models can be judged with it and without."""
    (file,) = list_files(corpus(tmp_path, song=pianist(4)))
    cut = cut_file(Job(file, "train", MELODY))
    assert cut.windows.shape == (3, 32, 1)
    assert len(cut.figures) == len(cut.figure_keys) == 6  # highest notes, and those below C4


def test_drums_from_elsewhere_are_played_in_order(tmp_path: Path) -> None:
    """First one part, then the other."""
    (song,) = list_files(corpus(tmp_path, song=pianist(4)))
    first, second = list_files(
        corpus(tmp_path, "drummers", a=beat(2), b=beat(2, text="D2 . . . " * 4))
    )
    job = Job(song, "train", BAND, (first, second))
    (window,) = cut_file(job).windows
    assert window[:32:16, 2].tolist() == [1, 1]
    assert window[32::16, 2].tolist() == [2, 2]
    assert job.source == "tunes+drummers"


def test_a_file_without_the_parts_gives_no_windows(tmp_path: Path) -> None:
    """Which is no failure."""
    (file,) = list_files(corpus(tmp_path, song=beat()))
    cut = cut_file(Job(file, "train", MELODY))
    assert cut.windows.shape == (0, 32, 1)
    assert len(cut.keys) == 0


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """The crew makes an entry of the report of it."""
    (file,) = list_files(corpus(tmp_path, song=b"no music"))
    with pytest.raises(MidiReadError):
        cut_file(Job(file, "train", MELODY))
