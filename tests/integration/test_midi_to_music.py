"""From MIDI bytes to new MIDI bytes on a real network, as small as a registry has one.

Its weights are random, so nothing here is about beauty: shapes, metres, parts, files and seeds
have to agree from one end to the other.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import mido
import numpy as np
import pytest

from midime_engine.cli.main import main
from midime_engine.musicvae.checkpoint import write_checkpoint
from midime_engine.musicvae.config import get_config
from midime_engine.musicvae.network import Network
from tests.support.songs import midi, scale_song, track

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module", params=["testing", "testing-drums", "testing-trio"])
def checkpoint(request, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint of each family; weights large enough for the music not to be all one note."""
    config = get_config(request.param)
    rng = np.random.default_rng(7)
    arrays = {
        name: rng.standard_normal(array.shape).astype(np.float32) * 0.5
        for name, array in Network(config).arrays().items()
    }
    path = tmp_path_factory.mktemp("models") / f"{request.param}.safetensors"
    write_checkpoint(path, config, arrays, dtype="float32")
    return path


@pytest.fixture
def waltz(tmp_path: Path) -> Path:
    """A band that plays sixteen bars of three four at 150."""
    path = tmp_path / "waltz.mid"
    path.write_bytes(
        midi(
            [
                track("C5 . . . E5 . G5 . E5 . D5 . " * 16, name="Melody", program=40),
                track("C2 . . . . . . . G2 . . . " * 16, name="Bass", program=33, channel=1),
                track("C2 . . . D2 . . . D2 . . . " * 16, name="Drums", channel=9),
            ],
            qpm=150,
            numerator=3,
        )
    )
    return path


def test_a_waltz_becomes_other_waltzes(checkpoint: Path, waltz: Path, tmp_path: Path) -> None:
    """Melody, drums and trio: whole bars of three four at 150, with sound in them."""
    out = tmp_path / "out"
    words = ["--model", str(checkpoint), "--epochs", "20", "--samples", "2", "--temperature", "1"]
    assert main(["personalize", str(waltz), "--out", str(out), *words]) == 0
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    config = get_config(checkpoint.stem)
    kept = config.n_steps // 12 * 12
    assert report["playback"]["n_steps"] == kept
    assert set(report["midime_samples"]["similarity"]) == set(config.parts)
    assert np.isfinite([step["total"] for step in report["training"]["losses"]]).all()
    for name in ("sample_00.mid", "sample_01.mid", "reconstruction.mid"):
        events = list(mido.MidiFile(out / name))
        metres = [(e.numerator, e.denominator) for e in events if e.type == "time_signature"]
        assert metres == [(3, 4)]
        tempos = [mido.tempo2bpm(e.tempo) for e in events if e.type == "set_tempo"]
        assert tempos == [pytest.approx(150, abs=0.01)]
        assert any(e.type == "note_on" and e.velocity > 0 for e in events)
    seconds_of_sample = mido.MidiFile(out / "sample_00.mid").length
    assert seconds_of_sample <= kept / 4 * 60 / 150 + 0.01


def test_what_was_saved_plays_the_same_again(checkpoint: Path, waltz: Path, tmp_path: Path) -> None:
    """The MidiMe file, the model and the seed are all there is to a sample."""
    first, again = tmp_path / "first", tmp_path / "again"
    words = ["--model", str(checkpoint), "--samples", "3", "--seed", "11"]
    assert main(["personalize", str(waltz), "--epochs", "5", "--out", str(first), *words]) == 0
    saved = str(first / "midime.safetensors")
    assert main(["sample", saved, "--out", str(again), *words]) == 0
    for index in range(3):
        name = f"sample_{index:02d}.mid"
        assert (first / name).read_bytes() == (again / name).read_bytes()


def test_two_songs_make_one_book(tmp_path: Path, checkpoint: Path, waltz: Path) -> None:
    """A song without the part is named and left out; with none left it is bad input."""
    other = tmp_path / "scale.mid"
    other.write_bytes(scale_song(8))
    out = tmp_path / "out"
    words = ["--model", str(checkpoint), "--epochs", "1", "--samples", "1", "--out", str(out)]
    assert main(["personalize", str(waltz), str(other), *words]) == 0
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    names = [song["name"] for song in report["songs"]]
    codes = {entry["code"] for entry in report["import_report"]}
    if checkpoint.stem == "testing-drums":
        assert names == ["waltz.mid"]
        assert "song_left_out" in codes
        assert main(["personalize", str(other), *words]) == 2
    else:
        assert names == ["waltz.mid", "scale.mid"]
        assert "mixed_tempo_or_metre" in codes
