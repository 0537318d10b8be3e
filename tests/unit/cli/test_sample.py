from __future__ import annotations

import json

import mido
import pytest

from midime_engine.cli.main import main

pytestmark = pytest.mark.usefixtures("perfect")


@pytest.fixture
def midime_path(song_path, tmp_path):
    """A MidiMe of the little song."""
    out = tmp_path / "trained"
    assert main(["personalize", str(song_path), "--out", str(out), "--epochs", "40"]) == 0
    return out / "midime.safetensors"


def test_a_saved_midime_plays_what_it_played_when_it_was_trained(midime_path, tmp_path) -> None:
    """The same seed gives the files that ``midime personalize`` wrote."""
    out = tmp_path / "again"
    assert main(["sample", str(midime_path), "--out", str(out)]) == 0
    for path in midime_path.parent.glob("sample_*.mid"):
        assert path.read_bytes() == (out / path.name).read_bytes()


def test_the_tempo_of_the_song_travels_with_the_midime(midime_path, tmp_path) -> None:
    """The song itself is not needed any more."""
    out = tmp_path / "again"
    assert main(["sample", str(midime_path), "--samples", "1", "--out", str(out)]) == 0
    tempos = [
        mido.tempo2bpm(event.tempo)
        for event in mido.MidiFile(out / "sample_00.mid")
        if event.type == "set_tempo"
    ]
    assert tempos == [pytest.approx(96, abs=0.01)]


def test_another_seed_gives_other_music(midime_path, tmp_path) -> None:
    """And the report says which seed it was."""
    for seed in ("1", "2"):
        words = ["sample", str(midime_path), "--seed", seed, "--samples", "4"]
        assert main([*words, "--out", str(tmp_path / seed)]) == 0
    files = ["sample_00.mid", "sample_01.mid", "sample_02.mid", "sample_03.mid"]
    one, two = ([(tmp_path / seed / name).read_bytes() for name in files] for seed in ("1", "2"))
    assert one != two
    assert json.loads((tmp_path / "2" / "report.json").read_text())["settings"]["seed"] == 2


def test_without_a_midime_the_model_itself_plays(tmp_path, capsys) -> None:
    """As many samples as were asked for, at the default tempo."""
    assert main(["sample", "--samples", "2", "--out", str(tmp_path / "out")]) == 0
    report = json.loads((tmp_path / "out" / "report.json").read_text())
    assert report["midime"] is None
    assert report["files"] == ["sample_00.mid", "sample_01.mid", "report.json"]
    assert capsys.readouterr().out.startswith("2 variations")


def test_a_midime_above_another_model_is_bad_input(midime_path, tmp_path, perfect, capsys) -> None:
    """The vectors of one model are noise to another."""
    from tests.support.fakes import PerfectModel

    perfect.config = PerfectModel(n_steps=64).config
    assert main(["sample", str(midime_path), "--out", str(tmp_path / "out")]) == 2
    assert "belongs to" in capsys.readouterr().err
