from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import mido
import pytest

from midime_engine.cli.results import Results
from midime_engine.errors import OptionError
from midime_engine.music.midi_io import read_midi
from midime_engine.music.playback import Playback
from tests.support.songs import scale_song

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def sequence():
    """Eight bars of music."""
    return read_midi(scale_song(8), name="scale.mid").sequence


def test_the_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    """``--out a/b`` needs no mkdir before."""
    Results(tmp_path / "a" / "b").write("x.bin", b"1")
    assert (tmp_path / "a" / "b" / "x.bin").read_bytes() == b"1"


def test_files_of_the_same_name_are_replaced_and_nothing_else_is_touched(tmp_path: Path) -> None:
    """A second run into the same folder leaves the user's own files alone."""
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "x.bin").write_bytes(b"old and longer")
    Results(tmp_path).write("x.bin", b"new")
    assert (tmp_path / "x.bin").read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["notes.txt", "x.bin"]


def test_a_file_in_the_way_is_said_before_any_work(tmp_path: Path) -> None:
    """``--out song.mid`` is a slip of the hand, not a reason to overwrite the song."""
    song = tmp_path / "song.mid"
    song.write_bytes(b"MThd")
    with pytest.raises(OptionError, match=r"song\.mid"):
        Results(song)
    assert song.read_bytes() == b"MThd"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_said_before_any_work(tmp_path: Path) -> None:
    """The reason comes before the training, not after it."""
    tmp_path.chmod(0o500)
    with pytest.raises(OptionError, match="may not be written"):
        Results(tmp_path)


def test_samples_are_numbered_from_00(tmp_path: Path, sequence) -> None:
    """Names sort as the samples do."""
    results = Results(tmp_path)
    results.write_samples([sequence] * 3)
    assert results.names == ("sample_00.mid", "sample_01.mid", "sample_02.mid")


def test_joined_chunks_are_one_file_at_the_tempo_of_the_song(tmp_path: Path, sequence) -> None:
    """Another program reads twice the length and the right tempo."""
    results = Results(tmp_path)
    results.write_joined("both.mid", [sequence, sequence], Playback(qpm=96))
    file = mido.MidiFile(tmp_path / "both.mid")
    tempos = [event.tempo for event in file if event.type == "set_tempo"]
    assert mido.tempo2bpm(tempos[0]) == pytest.approx(96, abs=0.01)
    assert file.length == pytest.approx(16 * 4 * 60 / 96, abs=0.5)


def test_the_report_names_every_file(tmp_path: Path) -> None:
    """A folder can be understood from its report alone."""
    results = Results(tmp_path)
    results.write("a.bin", b"")
    results.write_report({"seed": 7, "song": "Naïve.mid"})
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report == {"seed": 7, "song": "Naïve.mid", "files": ["a.bin", "report.json"]}


def test_a_vanished_folder_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    """Not a traceback."""
    results = Results(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(OptionError) as caught:
        results.write("a.bin", b"")
    assert "--out" in caught.value.remedy
