"""Songs on disk and a command line that uses a model without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.fakes import PerfectModel
from tests.support.songs import midi, scale_song, track

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def song_path(tmp_path: Path) -> Path:
    """A song of eight bars."""
    path = tmp_path / "scale.mid"
    path.write_bytes(scale_song(8))
    return path


@pytest.fixture
def band_path(tmp_path: Path) -> Path:
    """A song with a flute, a bass and drums, in this order."""
    path = tmp_path / "band.mid"
    path.write_bytes(
        midi(
            [
                track("C5 . E5 . G5 . E5 . " * 8, name="Flute", program=73),
                track("C2 . . . G2 . . . " * 8, name="Bass", program=33, channel=1),
                track("C2 . D2 . " * 16, name="Drums", channel=9),
            ]
        )
    )
    return path


@pytest.fixture
def perfect(monkeypatch: pytest.MonkeyPatch) -> PerfectModel:
    """The model that every name of a model leads to."""
    model = PerfectModel()
    monkeypatch.setattr("midime_engine.musicvae.load", lambda _name: model)
    return model
