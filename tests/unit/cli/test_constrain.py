"""``midime constrain``."""

from __future__ import annotations

import json

import pytest

from midime_engine.cli.main import main
from midime_engine.constraints import persistence
from midime_engine.music.midi_io import read_midi

pytestmark = pytest.mark.usefixtures("perfect")

WORDS = ["constrain", "--rule", "density>=0.1", "--iterations", "5", "--samples", "5"]


def test_the_same_seeds_are_written_before_and_after(tmp_path, capsys) -> None:
    """With the constraint, which opens again, and a report."""
    assert main([*WORDS, "--out", str(tmp_path)]) == 0
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["rules"][0]["rule"] == "density>=0.1"
    assert report["samples"] == 5
    assert report["iterations"] == 5
    for folder in ("before", "after"):
        files = sorted((tmp_path / folder).iterdir())
        assert [file.name for file in files] == [f"{i:03d}.mid" for i in range(5)]
        read_midi(files[0].read_bytes(), name=files[0].name)
    constraint, metadata = persistence.load(tmp_path / "constraint.safetensors")
    assert constraint.config.n_wishes == 1
    assert metadata["rules"] == report["rules"]
    assert capsys.readouterr().out.startswith("density>=0.1: kept by ")


def test_the_sliders_of_a_midime_can_be_constrained_alone(song_path, tmp_path) -> None:
    """The actor then moves as many numbers as there are sliders; else the vectors of the model."""
    trained = tmp_path / "trained"
    assert main(["personalize", str(song_path), "--out", str(trained), "--epochs", "5"]) == 0
    midime = ["--midime", str(trained / "midime.safetensors")]
    sizes = []
    for options in ([], ["--sliders-only"]):
        out = tmp_path / f"out{len(options)}"
        assert main([*WORDS, *midime, *options, "--out", str(out)]) == 0
        constraint, metadata = persistence.load(out / "constraint.safetensors")
        sizes.append(constraint.config.z_size)
        assert metadata["songs"] == ["scale.mid"]
    assert sizes == [32, 4]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--rule", "kee=C major"], "kee"),
        (["--rule", "key=C major", "--rule", "key=F# major"], "F# major"),
        (["--rule", "density >"], "Column"),
        (["--rule", "density>=0.5", "--sliders-only"], "needs a MidiMe"),
    ],
)
def test_bad_wishes_end_in_one_line(words, sentence, tmp_path, capsys) -> None:
    """What is wrong and what to do, and exit code 2."""
    assert main(["constrain", *words, "--out", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().err
    assert sentence in told
    assert told.count("\n") == 1
