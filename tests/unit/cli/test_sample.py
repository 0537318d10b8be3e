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


def test_a_point_is_played_as_it_is(midime_path, tmp_path, capsys) -> None:
    """One variation, whatever number is asked for; a nudge changes it, and both are reported."""
    words = ["sample", str(midime_path), "--point=-0.4,0,1,0.5"]
    assert main([*words, "--out", str(tmp_path / "plain")]) == 0
    assert capsys.readouterr().out.startswith("1 variation is")
    assert main([*words, "--nudge", "4:50", "--out", str(tmp_path / "nudged")]) == 0
    plain, nudged = ((tmp_path / name / "sample_00.mid") for name in ("plain", "nudged"))
    assert plain.read_bytes() != nudged.read_bytes()
    report = json.loads((tmp_path / "nudged" / "report.json").read_text())
    assert report["settings"]["nudges"] == [[4, 50.0]]
    assert report["samples"]["z_small"] == [[pytest.approx(v) for v in (-0.4, 0, 1, 0.5)]]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["{midime}", "--nudge", "4:1"], "--nudge needs a point"),
        (["--point", "0,0,0,0"], "a place of a MidiMe"),
        (["{midime}", "--point", "0,0"], "has 2 numbers"),
        (["{midime}", "--point", "0,0,0,0", "--nudge", "32:1"], "no dimension 32"),
    ],
)
def test_a_point_that_leads_nowhere_is_bad_input(
    midime_path, tmp_path, capsys, words, says
) -> None:
    """With what to do."""
    words = [word.format(midime=midime_path) for word in words]
    assert main(["sample", *words, "--out", str(tmp_path / "out")]) == 2
    assert says in capsys.readouterr().err
