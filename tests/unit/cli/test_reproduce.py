from __future__ import annotations

import json
import subprocess
import sys
import zipfile

import pytest

from midime_engine import musicvae
from midime_engine.cli.main import main
from midime_engine.music.midi_io import write_midi
from midime_engine.musicvae.digest import digest_of
from midime_engine.pipelines import bundle, generate
from midime_engine.pipelines.provenance import Provenance
from midime_engine.pipelines.take import Take, play
from tests.support.songs import scale_song

TAKE = Take((0.1, -0.4, 0.0, 1.2), ((12, 0.5), (200, -1.0)), 0.7, 11)


def of(midime_path, model, *, take: Take = TAKE) -> bytes:
    """The bundle of a take, as the app makes it."""
    from midime_engine.midime import persistence

    data = midime_path.read_bytes()
    midime, metadata = persistence.from_bytes(data)
    provenance = Provenance.from_json(metadata)
    variations = play(take, midime, model)
    (music,) = generate.to_music(
        variations.tokens, parts=provenance.parts, playback=provenance.playback
    )
    return bundle.pack(
        midime=data,
        midi=write_midi(music),
        take=take,
        playback=provenance.playback,
        model_sha256=digest_of(provenance.model),
    )


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """A bundle of the real mel_2bar, as a file."""
    folder = tmp_path_factory.mktemp("real")
    song = folder / "song.mid"
    song.write_bytes(scale_song(16))
    words = ["personalize", str(song), "--samples", "1", "--epochs", "20"]
    assert main([*words, "--out", str(folder)]) == 0
    path = folder / "bundle.zip"
    path.write_bytes(of(folder / "midime.safetensors", musicvae.load("mel_2bar")))
    return path


def test_a_fresh_process_makes_the_same_bytes(real, tmp_path) -> None:
    """With the real model, a temperature and nudges."""
    command = [sys.executable, "-m", "midime_engine", "reproduce", str(real)]
    done = subprocess.run(
        [*command, "--out", str(tmp_path)], capture_output=True, text=True, check=False, timeout=200
    )
    assert done.returncode == 0, done.stderr
    assert "the same music, byte for byte" in done.stdout
    with zipfile.ZipFile(real) as archive:
        midi = archive.read(bundle.MIDI)
    assert (tmp_path / "variation.mid").read_bytes() == midi
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["identical"] is True
    assert report["settings"]["nudges"] == [[12, 0.5], [200, -1.0]]


def test_sample_plays_the_same_point(real, tmp_path) -> None:
    """``midime sample --point --nudge`` with the numbers of params.json gives the same file."""
    with zipfile.ZipFile(real) as archive:
        archive.extract(bundle.MIDIME, tmp_path)
        midi = archive.read(bundle.MIDI)
    words = ["--point", "0.1,-0.4,0,1.2", "--nudge", "12:0.5", "--nudge=200:-1"]
    words += ["--seed", "11", "--temperature", "0.7", "--out", str(tmp_path)]
    assert main(["sample", str(tmp_path / bundle.MIDIME), *words]) == 0
    assert (tmp_path / "sample_00.mid").read_bytes() == midi


def test_an_unpacked_bundle_does_as_well(real, tmp_path, capsys) -> None:
    """By its params.json; without its music, too."""
    with zipfile.ZipFile(real) as archive:
        archive.extractall(tmp_path)
    for _ in range(2):
        words = ["reproduce", str(tmp_path / bundle.PARAMS), "--out", str(tmp_path / "out")]
        assert main(words) == 0
        assert "the same music" in capsys.readouterr().out
        (tmp_path / bundle.MIDI).unlink(missing_ok=True)


def test_other_music_is_called_other_music(real, tmp_path, capsys) -> None:
    """And what differs here is listed."""
    with zipfile.ZipFile(real) as archive:
        archive.extractall(tmp_path)
    path = tmp_path / bundle.PARAMS
    params = json.loads(path.read_text())
    params["midi"]["sha256"] = "00"
    params["model"]["sha256"] = "11"
    path.write_text(json.dumps(params))
    assert main(["reproduce", str(path), "--out", str(tmp_path / "out")]) == 0
    told = capsys.readouterr()
    assert "NOT the same" in told.out
    assert "mel_2bar has other weights here" in told.err


def test_what_is_no_bundle_is_bad_input(tmp_path, capsys) -> None:
    """A MIDI file, nothing at all, params.json alone."""
    song = tmp_path / "song.zip"
    song.write_bytes(scale_song(2))
    for path in (song, tmp_path / "gone.zip", tmp_path / "params.json"):
        assert main(["reproduce", str(path), "--out", str(tmp_path / "out")]) == 2
        assert capsys.readouterr().err.startswith("midime: ")
