"""General translators, trained and written."""

from __future__ import annotations

import json

import numpy as np
import pytest

from midime_engine.pretraining import translators
from midime_engine.translation import embedded, persistence
from tests.support.corpora import band, corpus, split
from tests.support.translation import toy_models, toy_translator

FIRST = "C4 . D4 . E4 . F4 . G4 . A4 . B4 . C5 . " + "D5 . . . . . C5 . . . B4 . . . . . " * 2
OTHER = "E4 . G4 . C5 . A4 . F4 . D4 . E4 . C4 . "
THIRD = "A4 . . B4 C5 . . . B4 . A4 . . G4 . . "


@pytest.fixture(scope="module")
def heard(tmp_path_factory):
    """Three little bands, two of them for validation."""
    from midime_engine.pretraining.duets import cut, hear

    folder = tmp_path_factory.mktemp("corpora")
    bands = corpus(
        folder, one=band(8, tune=FIRST), two=band(7, tune=OTHER), three=band(7, tune=THIRD)
    )
    table = split(folder, one="train", two="valid", three="valid")
    duets = cut([bands], split=table, span=32, n_workers=0)
    return hear(duets, toy_models(), toy_translator().config.domains)


def test_training_listens_between_its_rounds(heard, monkeypatch) -> None:
    """Every step comes once, and each round after the first knows what was played before."""
    monkeypatch.setattr(translators, "ROUNDS", 3)
    played = []
    listen = translators.listen
    monkeypatch.setattr(
        translators,
        "listen",
        lambda *args, **more: played.append(more["n"]) or listen(*args, **more),
    )
    scales = heard.scales(~heard.is_valid)
    config = toy_translator(steps=6).config
    training = translators.General(
        heard.pairs(~heard.is_valid, scales), scales, toy_models(), config, n_played=4
    )
    assert [step.step for step in training] == [1, 2, 3, 4, 5, 6]
    assert played == [4, 4]
    assert training.translator.weights["manner/b/bias"].any()


def test_judged_are_different_pairs_of_the_rows_that_are_named(heard) -> None:
    """A bar that is played eight times counts once."""
    rows = translators.held_out(heard, heard.is_valid)
    assert heard.is_valid[rows].all()
    both = np.concatenate([tokens[rows][:, :, 0] for tokens in heard.tokens], axis=1)
    assert len(np.unique(both, axis=0)) == len(rows) > 0


def test_what_is_written_can_be_embedded(heard, tmp_path, monkeypatch) -> None:
    """Weights in half precision, a card for programs and one for people."""
    scales = heard.scales(~heard.is_valid)
    rows = translators.held_out(heard, heard.is_valid)
    translator = toy_translator()
    judged = translators.judge(translator, heard, rows, toy_models(), strictness=0.9)
    path = translators.write(
        tmp_path,
        translator,
        scales,
        judged,
        data={"train": 3, "together": 2, "valid": len(rows), "corpora": []},
        course=[{"step": 1, "total": 2.0}],
        command="midime pretrain-translator toy_melody toy_drums",
    )
    assert path.name == "toy_melody-toy_drums.safetensors"
    again, metadata = persistence.load(path)
    assert again.config == translator.config
    assert set(metadata) == {"attributes", "scales"}
    card = json.loads(path.with_suffix(".json").read_text("utf-8"))
    assert [each["source"] for each in card["validation"]] == ["toy_melody", "toy_drums"]
    prose = path.with_suffix(".md").read_text("utf-8")
    assert "toy_melody to toy_drums" in prose
    assert "midime pretrain-translator toy_melody toy_drums" in prose
    monkeypatch.setattr(embedded, "WEIGHTS", tmp_path)
    embedded.available.cache_clear()
    try:
        found = embedded.between("toy_drums", "toy_melody")
        assert found is not None
        assert (found[0].name, found[1]) == ("toy_melody-toy_drums", 1)
        assert found[0].n_bytes == path.stat().st_size
    finally:
        embedded.available.cache_clear()
