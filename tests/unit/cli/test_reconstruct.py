from __future__ import annotations

import json

import pytest

from midime_engine.cli.main import main
from midime_engine.music.midi_io import read_midi
from midime_engine.pipelines.prepare import prepare

pytestmark = pytest.mark.usefixtures("perfect")


def test_a_perfect_model_gives_the_song_back(song_path, tmp_path, capsys) -> None:
    """The file that is written is cut into the very chunks that were read."""
    assert main(["reconstruct", str(song_path), "--out", str(tmp_path / "out")]) == 0
    before, after = (
        prepare([read_midi(path.read_bytes(), name="x.mid")], parts=("melody",), n_steps=32)
        for path in (song_path, tmp_path / "out" / "reconstruction.mid")
    )
    assert (before.chunks.tokens == after.chunks.tokens).all()
    assert "100%" in capsys.readouterr().out


def test_the_report_gives_an_accuracy_for_each_chunk(song_path, tmp_path) -> None:
    """And says that no MidiMe was in the way."""
    assert main(["reconstruct", str(song_path), "--out", str(tmp_path / "out")]) == 0
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    assert [chunk["accuracy"] for chunk in report["chunks"]] == [1, 1, 1, 1]
    assert report["through_midime"] is False


def test_through_a_midime_something_is_lost(song_path, tmp_path) -> None:
    """After one epoch its four numbers do not hold four chunks."""
    trained = tmp_path / "trained"
    assert main(["personalize", str(song_path), "--epochs", "1", "--out", str(trained)]) == 0
    words = ["reconstruct", str(song_path), "--midime", str(trained / "midime.safetensors")]
    assert main([*words, "--out", str(tmp_path / "out")]) == 0
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    assert report["through_midime"] is True
    assert report["accuracy"] < 1
