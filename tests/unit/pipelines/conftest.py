"""Songs and models that the tests of the pipelines share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_engine.music.midi_io import read_midi
from midime_engine.pipelines.prepare import Material, prepare
from tests.support.fakes import PerfectModel
from tests.support.songs import scale_song

if TYPE_CHECKING:
    from midime_engine.music.song import Song


@pytest.fixture(scope="session")
def song() -> Song:
    """Eight bars of 4/4 in C at 96."""
    return read_midi(scale_song(8), name="scale.mid")


@pytest.fixture(scope="session")
def material(song: Song) -> Material:
    """The song as four chunks of two bars."""
    return prepare([song], parts=("melody",), n_steps=32)


@pytest.fixture
def model() -> PerfectModel:
    """A melody model that forgets nothing."""
    return PerfectModel()
