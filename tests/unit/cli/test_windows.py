from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_engine.cli.main import main
from midime_engine.pretraining.windows import load_windows
from tests.support.corpora import corpus
from tests.support.songs import scale_song

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def scales(tmp_path: Path) -> Path:
    """An archive of little songs, one of them no music."""
    songs = {f"song_{n_bars}": scale_song(n_bars) for n_bars in range(4, 28)}
    return corpus(tmp_path, "scales", **songs, bad=b"no music")


def windows(corpora: Path, out: Path, *words: str, model: str = "testing") -> int:
    """Run the verb in this process."""
    command = ["windows", model, "--corpora", str(corpora), "--out", str(out), "--workers", "0"]
    return main([*command, *words])


def test_a_corpus_becomes_a_file_and_a_report(scales: Path, tmp_path: Path, capsys) -> None:
    """Which say what was made, and what became of the file that could not be read."""
    assert windows(scales, tmp_path / "made" / "windows.npz") == 0
    found = load_windows(tmp_path / "made" / "windows.npz")
    report = json.loads((tmp_path / "made" / "windows.report.json").read_text("utf-8"))
    assert [entry["file"] for entry in report["failed"]] == ["bad.mid"]
    assert report["files"] == 25
    said = capsys.readouterr().out
    assert f"{len(found.train):,} windows to train on" in said
    assert "1 files failed" in said
    assert "scales: bad.mid" in said


def test_another_name_is_a_folder_of_shards(scales: Path, tmp_path: Path) -> None:
    """With the same windows; it is not written to twice."""
    assert windows(scales, tmp_path / "windows.npz") == 0
    assert windows(scales, tmp_path / "folder") == 0
    assert (tmp_path / "folder.report.json").is_file()
    packed, mapped = load_windows(tmp_path / "windows.npz"), load_windows(tmp_path / "folder")
    np.testing.assert_array_equal(np.asarray(mapped.train), packed.train)
    assert windows(scales, tmp_path / "folder") == 2


def test_a_model_is_trained_on_a_folder(scales: Path, tmp_path: Path) -> None:
    """As on a file: the rows of a batch are read from the disk."""
    assert windows(scales, tmp_path / "folder") == 0
    settings = ["--minutes", "0.02", "--batch-size", "8", "--matmul-dtype", "float32"]
    out = tmp_path / "run"
    command = ["pretrain", "testing", "--windows", str(tmp_path / "folder"), "--out", str(out)]
    assert main([*command, *settings]) == 0
    assert (out / "testing.safetensors").is_file()


def test_neither_keras_nor_note_seq_is_needed(scales: Path, tmp_path: Path) -> None:
    """Corpora can be cut where no network can be trained; here by worker processes."""
    code = (
        "import sys; from midime_engine.cli.main import main; code = main(sys.argv[1:]);"
        "heavy = ('tensorflow', 'keras', 'note_seq', 'jax', 'ray');"
        "print(code, [name for name in heavy if name in sys.modules])"
    )
    out = tmp_path / "windows.npz"
    words = ["windows", "mel_2bar", "--corpora", str(scales), "--out", str(out), "--workers", "2"]
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        capture_output=True,
        text=True,
        check=True,
        timeout=200,
    )
    assert done.stdout.splitlines()[-1] == "0 []"
    assert load_windows(out).train.shape[1:] == (32, 1)


@pytest.mark.parametrize(
    ("words", "model"),
    [
        ([], "nobody"),
        (["--split", "gone.csv"], "testing"),
        (["--workers", "-1"], "testing"),
        (["--workers", "100000"], "testing"),
    ],
)
def test_bad_options_are_explained_in_a_line(words, model, scales, tmp_path, capsys) -> None:
    """Exit code 2, nothing written."""
    assert windows(scales, tmp_path / "windows.npz", *words, model=model) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "windows.npz").exists()


def test_where_nothing_comes_of_it_the_report_says_why(tmp_path: Path, capsys) -> None:
    """One file, and that is no music."""
    assert windows(corpus(tmp_path, bad=b"no music"), tmp_path / "windows.npz") == 2
    assert "too little music" in capsys.readouterr().err
    report = json.loads((tmp_path / "windows.report.json").read_text("utf-8"))
    assert "no MIDI file" in report["failed"][0]["reason"]


def test_a_corpus_that_is_not_there_is_named(tmp_path: Path, capsys) -> None:
    """So that the slip can be seen."""
    assert windows(tmp_path / "gone.zip", tmp_path / "windows.npz") == 2
    assert "gone.zip" in capsys.readouterr().err
