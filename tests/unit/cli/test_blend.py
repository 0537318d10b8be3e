from __future__ import annotations

import pytest

from midime_engine.cli.main import main
from midime_engine.midime import persistence
from midime_engine.pipelines.provenance import Provenance

pytestmark = pytest.mark.usefixtures("perfect")


@pytest.fixture
def parents(song_path, band_path, tmp_path):
    """Two MidiMes, both called midime.safetensors."""
    paths = []
    for path in (song_path, band_path):
        out = tmp_path / f"of_{path.stem}"
        words = ["personalize", str(path), "--epochs", "30", "--samples", "1"]
        assert main([*words, "--out", str(out)]) == 0
        paths.append(str(out / "midime.safetensors"))
    return paths


def test_a_blend_is_a_midime_of_both(parents, tmp_path, capsys) -> None:
    """It says so, and how alike all three are; ``midime sample`` plays it."""
    out = tmp_path / "new" / "blend.safetensors"
    assert main(["blend", *parents, "--share", "0.25", "--out", str(out)]) == 0
    told = capsys.readouterr().out
    assert f"{out}: its music is " in told
    assert all(f"like {parent}" in told for parent in parents)
    midime, metadata = persistence.from_bytes(out.read_bytes())
    provenance = Provenance.from_json(metadata)
    assert midime.config.latent_size == 4
    assert [(parent.name, parent.share) for parent in provenance.parents] == [
        (parents[0], 0.75),
        (parents[1], 0.25),
    ]
    assert provenance.songs == ("scale.mid", "band.mid")
    assert main(["sample", str(out), "--out", str(tmp_path / "more")]) == 0


def test_the_same_seed_gives_the_same_file(parents, tmp_path) -> None:
    """Byte for byte; another seed another one."""
    files = []
    for name, seed in (("one", "3"), ("two", "3"), ("three", "4")):
        out = tmp_path / name
        assert main(["blend", *parents, "--seed", seed, "--out", str(out)]) == 0
        files.append(out.read_bytes())
    assert files[0] == files[1] != files[2]


def test_what_cannot_be_blended_is_bad_input(parents, tmp_path, capsys) -> None:
    """One MidiMe with itself, a file that is none, a share beyond all."""
    out = str(tmp_path / "out")
    assert main(["blend", parents[0], parents[0], "--out", out]) == 2
    assert "the same MidiMe" in capsys.readouterr().err
    assert main(["blend", parents[0], str(tmp_path / "gone"), "--out", out]) == 2
    assert "cannot be read" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["blend", *parents, "--share", "1.5", "--out", out])
    assert "not in 0..1" in capsys.readouterr().err
