from __future__ import annotations

import json

import mido
import pytest

from midime_engine.cli.main import main
from midime_engine.pipelines import teach
from midime_engine.translation import persistence
from tests.support.translation import toy_models, toy_translator


@pytest.fixture(autouse=True)
def toys(monkeypatch: pytest.MonkeyPatch):
    """Two models without a network, by name."""
    models = {model.config.name: model for model in toy_models()}
    monkeypatch.setattr("midime_engine.musicvae.load", models.__getitem__)
    return models


@pytest.fixture
def translator_path(tmp_path):
    """A translator between them, in a file."""
    path = tmp_path / "toy.safetensors"
    persistence.save(toy_translator(), path, {})
    return path


def _words(song, out, *more: str, source: str = "toy_melody", target: str = "toy_drums"):
    return ["translate", str(song), "--from", source, "--to", target, "--out", str(out), *more]


def _report(out) -> dict:
    return json.loads((out / "report.json").read_text())


def test_answers_are_as_long_as_the_song_and_the_same_for_a_seed(
    song_path, translator_path, tmp_path
) -> None:
    """Source, answers and both together, and a report that names them."""
    for name in ("one", "two"):
        words = _words(song_path, tmp_path / name, "--translator", str(translator_path))
        assert main([*words, "--samples", "2", "--seed", "5"]) == 0
    one, two = tmp_path / "one", tmp_path / "two"
    names = ["source.mid", *(f"{kind}_0{i}.mid" for i in (0, 1) for kind in ("sample", "together"))]
    assert _report(one)["files"] == [*names, "report.json"]
    for name in names:
        assert (one / name).read_bytes() == (two / name).read_bytes()
    assert _report(one)["settings"]["seeds"] == [5, 6]
    assert _report(one)["translator"] == "toy.safetensors"
    assert len(_report(one)["samples"]) == 2
    length = mido.MidiFile(one / "source.mid").length
    assert mido.MidiFile(one / "together_00.mid").length >= length - 0.1


def test_the_translator_works_both_ways(band_path, translator_path, tmp_path) -> None:
    """Drums are the source as well as the target."""
    words = _words(
        band_path,
        tmp_path / "out",
        "--translator",
        str(translator_path),
        source="toy_drums",
        target="toy_melody",
    )
    assert main([*words, "--samples", "1"]) == 0
    assert _report(tmp_path / "out")["source"]["model"] == "toy_drums"


def test_a_translator_of_the_songs_own_is_learnt_and_written(
    band_path, tmp_path, monkeypatch
) -> None:
    """From the bars in which both play; what is written translates as well."""
    small = toy_translator().config
    monkeypatch.setattr(teach, "personal_config", lambda *_args, **_more: small)
    out = tmp_path / "out"
    assert main(_words(band_path, out, "--learn", "--samples", "1")) == 0
    report = _report(out)
    assert [line["step"] for line in report["training"]] == [1, 2, 3]
    translator, metadata = persistence.load(out / "translator.safetensors")
    assert translator.config.domains == small.domains
    assert metadata["songs"] == ["band.mid"]
    again = _words(
        band_path, tmp_path / "again", "--translator", str(out / "translator.safetensors")
    )
    assert main([*again, "--samples", "1"]) == 0
    assert (tmp_path / "again" / "sample_00.mid").read_bytes() == (
        out / "sample_00.mid"
    ).read_bytes()


def test_models_without_a_translator_between_them_say_what_to_do(
    song_path, tmp_path, capsys
) -> None:
    """Learn one, name one, or train one."""
    assert main(_words(song_path, tmp_path / "out")) == 2
    assert "There is no translator from toy_melody to toy_drums. Add --learn" in (
        capsys.readouterr().err
    )


def test_a_translator_between_other_models_is_refused(song_path, tmp_path, capsys) -> None:
    """It says between which it translates."""
    path = tmp_path / "long.safetensors"
    persistence.save(toy_translator(n_windows=2), path, {})
    assert main(_words(song_path, tmp_path / "out", "--translator", str(path))) == 2
    assert "translates between toy_melody and toy_drums, not" in capsys.readouterr().err


def test_learning_from_a_song_without_drums_says_which_part_is_missing(
    song_path, tmp_path, capsys
) -> None:
    """And what is possible without it."""
    assert main(_words(song_path, tmp_path / "out", "--learn")) == 2
    assert "has no drums" in capsys.readouterr().err


def test_a_model_is_not_translated_to_itself(song_path, tmp_path, capsys) -> None:
    """One clear sentence."""
    assert main(_words(song_path, tmp_path / "out", target="toy_melody")) == 2
    assert "nothing to translate" in capsys.readouterr().err
