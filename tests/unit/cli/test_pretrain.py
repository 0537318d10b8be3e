from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_engine import musicvae
from midime_engine.cli.main import main
from tests.support.songs import scale_song

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """An archive of little songs, enough for some to be kept for validation."""
    path = tmp_path / "scales.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for n_bars in range(4, 28):
            archive.writestr(f"song_{n_bars}.mid", scale_song(n_bars))
    return path


def _pretrain(corpus: Path, out: Path, *words: str) -> int:
    settings = ["--minutes", "0.03", "--batch-size", "8", "--matmul-dtype", "float32"]
    command = ["pretrain", "testing", "--corpora", str(corpus), "--out", str(out)]
    return main([*command, *settings, *words])


def test_a_corpus_becomes_a_model_that_can_be_loaded(corpus, tmp_path, capsys) -> None:
    """Windows, weights, a card and the course of the run; the weights are a MusicVAE."""
    assert _pretrain(corpus, tmp_path / "run") == 0
    written = {path.name for path in (tmp_path / "run").iterdir()}
    assert {"windows.npz", "log.jsonl", "testing.safetensors", "testing.json"} <= written
    lines = (tmp_path / "run" / "log.jsonl").read_text().splitlines()
    assert all(np.isfinite(json.loads(line)["reconstruction"]) for line in lines)
    model = musicvae.load(tmp_path / "run" / "testing.safetensors")
    assert model.decode_tokens(np.zeros((2, 8), np.float32)).shape == (2, 32, 1)
    assert "windows to train on" in capsys.readouterr().out


def test_windows_alone_can_be_prepared(corpus, tmp_path) -> None:
    """So that they can be carried to a machine with a GPU."""
    assert _pretrain(corpus, tmp_path / "run", "--prepare-only") == 0
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["windows.npz"]


@pytest.mark.parametrize(
    "words",
    [
        ["pretrain", "nobody", "--out", "{out}", "--corpora", "{corpus}"],
        ["pretrain", "testing-trio", "--out", "{out}", "--corpora", "{corpus}"],  # has no bands
        ["pretrain", "testing", "--out", "{out}"],
        ["pretrain", "testing", "--out", "{out}", "--corpora", "gone.zip"],
        ["pretrain", "testing", "--out", "{out}", "--corpora", "{corpus}", "--minutes", "0"],
    ],
)
def test_what_cannot_be_trained_is_one_line_and_exit_code_2(
    words, corpus, tmp_path, capsys
) -> None:
    """An unknown model, one of several parts, no corpus, a missing one, no time."""
    places = {"out": tmp_path / "run", "corpus": corpus}
    assert main([word.format(**places) for word in words]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
