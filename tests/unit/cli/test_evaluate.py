"""``midime evaluate`` on tiny models and windows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_engine.cli.main import main
from midime_engine.musicvae.mixtures import read_mixture, write_mixture
from midime_engine.pretraining.card import read_card, write_card
from midime_engine.pretraining.prior import fit_mixture
from midime_engine.pretraining.windows import Windows, save_windows
from tests.support.cards import card
from tests.support.networks import random_tokens, shared_model

if TYPE_CHECKING:
    from pathlib import Path


_FEW = ["--samples", "10"]


@pytest.fixture
def trio(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """The model that every name leads to, stored as ``toy.safetensors``."""
    model = shared_model("testing-trio")
    monkeypatch.setattr("midime_engine.musicvae.load", lambda _name: model)
    monkeypatch.setattr(
        "midime_engine.musicvae.cards.locate", lambda _name: tmp_path / "toy.safetensors"
    )
    return model


@pytest.fixture
def windows(tmp_path: Path, trio, rng) -> Path:
    """Thirty windows to train on, and ten to judge by."""
    tokens = random_tokens(trio.config, 40, rng)
    return save(tmp_path / "windows.npz", tokens[:30], tokens[30:])


def save(path: Path, train: np.ndarray, valid: np.ndarray) -> Path:
    """Windows as ``midime windows`` would leave them."""
    save_windows(Windows(train, valid, {"toy": len(train)}), path)
    return path


def test_the_tables_of_the_card_are_printed(windows: Path, capsys) -> None:
    """As Markdown."""
    assert main(["evaluate", "any", "--windows", str(windows), *_FEW]) == 0
    text = capsys.readouterr().out
    assert "What comes back of 10 validation windows" in text
    assert "| greedy from mu | bass |" in text
    assert "| the prior, temperature 0.5 |" in text


def test_figures_are_json_on_demand(windows: Path, capsys) -> None:
    """With windows of other sources beside them, and fewer of each."""
    words = [
        "--windows",
        str(windows),
        "--others",
        f"folk={windows}",
        "--at-most",
        "4",
        "--json",
        *_FEW,
    ]
    assert main(["evaluate", "any", *words]) == 0
    figures = json.loads(capsys.readouterr().out)["validation"]
    assert figures["windows"] == figures["other_windows"]["folk"]["windows"] == 4


def test_windows_without_training_are_enough(tmp_path: Path, trio, rng, capsys) -> None:
    """Then nothing is drawn from a mixture, and nothing counts as copied."""
    tokens = random_tokens(trio.config, 6, rng)
    path = save(tmp_path / "folk.npz", tokens[:0], tokens)
    assert main(["evaluate", "any", "--windows", str(path), "--json", *_FEW]) == 0
    prior = json.loads(capsys.readouterr().out)["validation"]["prior"]
    assert set(prior["lowest_overlap"]) == {"prior"}
    assert prior["real"]["copied_bars"] is None


def test_the_stored_mixture_is_judged_where_none_can_be_fitted(
    tmp_path: Path, trio, rng, capsys
) -> None:
    """By windows of another source alone."""
    tokens = random_tokens(trio.config, 40, rng)
    write_mixture(tmp_path / "toy.safetensors", fit_mixture(trio, tokens))
    path = save(tmp_path / "folk.npz", tokens[:0], tokens[:6])
    assert main(["evaluate", "any", "--windows", str(path), "--json", *_FEW]) == 0
    prior = json.loads(capsys.readouterr().out)["validation"]["prior"]
    assert set(prior["lowest_overlap"]) == {"prior", "mixture"}


def test_a_card_is_brought_up_to_date(windows: Path, tmp_path: Path) -> None:
    """Figures and notes are new, how the model was trained stays."""
    weights, notes = tmp_path / "toy.safetensors", tmp_path / "notes.txt"
    write_card(weights, card())
    notes.write_text("Ten hours more.\n\nAnother corpus.\n", encoding="utf-8")
    words = ["--windows", str(windows), "--update-card", "--notes", str(notes), *_FEW]
    assert main(["evaluate", str(weights), *words]) == 0
    updated = read_card(weights)
    assert updated["validation"]["windows"] == 10
    assert updated["notes"] == ["Ten hours more.", "Another corpus."]
    assert updated["training"] == card()["training"]
    assert read_mixture(weights) is not None
    assert "- Another corpus." in weights.with_suffix(".md").read_text("utf-8")


def test_without_new_notes_the_old_ones_stay(windows: Path, tmp_path: Path) -> None:
    """Judging again forgets nothing."""
    weights = tmp_path / "toy.safetensors"
    write_card(weights, card())
    words = ["--windows", str(windows), "--update-card", *_FEW]
    assert main(["evaluate", str(weights), *words]) == 0
    assert read_card(weights)["notes"] == card()["notes"]


def test_there_must_be_a_card_to_update(windows: Path, capsys) -> None:
    """Embedded models and other people's have none that may be changed."""
    assert main(["evaluate", "any", "--windows", str(windows), "--update-card"]) == 2
    assert "no card beside any" in capsys.readouterr().err


@pytest.mark.usefixtures("trio")
def test_windows_must_fit_the_model(tmp_path: Path, capsys) -> None:
    """Of two bars, for a model of four; or drums where a melody should be."""
    short = save(tmp_path / "short.npz", *[np.zeros((3, 32, 1), np.int32)] * 2)
    assert main(["evaluate", "any", "--windows", str(short)]) == 2
    assert "takes 64 steps and 3 parts" in capsys.readouterr().err
    drums = save(tmp_path / "drums.npz", *[np.full((3, 64, 3), 300, np.int32)] * 2)
    assert main(["evaluate", "any", "--windows", str(drums)]) == 2
    assert "notes that testing-trio does not know" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--others", "folk"], "NAME=NPZ"),
        (["--at-most", "0"], "0 is not in"),
        (["--notes", "/nowhere/notes.txt"], "cannot be read"),
        (["--windows", "/nowhere.npz"], "no training windows"),
    ],
)
def test_bad_words_are_answered_in_one_line(
    windows: Path, words: list[str], complaint: str, capsys
) -> None:
    """With exit code 2."""
    try:
        code = main(["evaluate", "any", "--windows", str(windows), *words])
    except SystemExit as stopped:
        code = stopped.code
    assert code == 2
    error = capsys.readouterr().err
    assert complaint in error
    assert error.count("\n") == 1
