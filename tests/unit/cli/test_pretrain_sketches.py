"""``midime pretrain-sketches`` draws, trains and exports."""

from __future__ import annotations

import json

from midime_engine.cli.main import main
from midime_engine.sketches import export as exporting
from midime_engine.sketches import judgement


def test_a_folder_holds_all_of_a_run(tmp_path, monkeypatch, capsys) -> None:
    """Drawings, snapshot, log, weights and card; the same words again go on from there."""
    monkeypatch.setattr(exporting, "_FITTED", 60)
    monkeypatch.setattr(judgement, "_LEARNT_FROM", 120)
    words = ["pretrain-sketches", "--model", "testing", "--n-drawings", "12", "--batch-size", "4"]
    words += ["--minutes", "0.01", "--matmul-dtype", "float32", "--out", str(tmp_path)]
    assert main(words) == 0
    assert "12 drawings" in capsys.readouterr().out
    assert {file.name for file in tmp_path.iterdir()} == {
        "drawings.npz",
        "log.jsonl",
        "snapshot.safetensors",
        "testing.safetensors",
        "testing.mixture.safetensors",
        "testing.samples.safetensors",
        "testing.json",
        "testing.md",
    }
    record = json.loads((tmp_path / "log.jsonl").read_text().splitlines()[0])
    assert record["share"] >= 0.0
    assert record["drawings"] == 4 * record["step"]


def test_wrong_settings_are_one_line(tmp_path, capsys) -> None:
    """And the exit code is 2."""
    assert main(["pretrain-sketches", "--minutes", "0", "--out", str(tmp_path)]) == 2
    assert "above zero" in capsys.readouterr().err
