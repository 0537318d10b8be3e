from __future__ import annotations

import json

import pytest

from midime_engine.cli.main import main
from midime_engine.pipelines import teach
from midime_engine.pretraining import translators
from midime_engine.translation import persistence
from tests.support.corpora import band, corpus, split
from tests.support.translation import toy_models, toy_translator

FIRST = "C4 . D4 . E4 . F4 . G4 . A4 . B4 . C5 . " + "D5 . . . . . C5 . . . B4 . . . . . " * 2
OTHER = "E4 . G4 . C5 . A4 . F4 . D4 . E4 . C4 . "
THIRD = "A4 . . B4 C5 . . . B4 . A4 . . G4 . . "


@pytest.fixture(autouse=True)
def toys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Models without a network, small translators, few rounds."""
    models = {model.config.name: model for model in toy_models()}
    monkeypatch.setattr("midime_engine.musicvae.load", models.__getitem__)
    config = toy_translator().config
    monkeypatch.setattr(teach, "general_config", lambda *_args, **_more: config)
    monkeypatch.setattr(translators, "ROUNDS", 2)


def test_a_general_translator_is_cut_heard_trained_and_written(tmp_path, capsys) -> None:
    """What was heard is kept; the card holds the command without any folder."""
    bands = corpus(
        tmp_path, one=band(8, tune=FIRST), two=band(7, tune=OTHER), three=band(7, tune=THIRD)
    )
    table = split(tmp_path, one="train", two="valid", three="valid")
    out = tmp_path / "out"
    words = ["pretrain-translator", "toy_melody", "toy_drums", "--steps", "4", "--listen", "4"]
    words += ["--out", str(out)]
    assert main([*words, "--corpora", str(bands), "--split", str(table)]) == 0
    translator, _ = persistence.load(out / "toy_melody-toy_drums.safetensors")
    assert translator.config.steps == 4
    card = json.loads((out / "toy_melody-toy_drums.json").read_text("utf-8"))
    assert [line["step"] for line in card["training"]] == [1]
    assert str(tmp_path) not in json.dumps(card)
    assert card["command"].startswith("midime pretrain-translator toy_melody toy_drums --corpora")
    assert "toy_drums to toy_melody" in capsys.readouterr().out
    assert main([*words, "--seed", "1"]) == 0  # From pairs.npz, which is there now.


def test_without_corpora_there_is_nothing_to_train_on(tmp_path, capsys) -> None:
    """Missing ones are named."""
    words = ["pretrain-translator", "toy_melody", "toy_drums", "--out", str(tmp_path / "out")]
    assert main(words) == 2
    assert "no corpora were named" in capsys.readouterr().err
    assert main([*words, "--corpora", str(tmp_path / "lost.zip")]) == 2
    assert "lost.zip" in capsys.readouterr().err
