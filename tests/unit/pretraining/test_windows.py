from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_engine.errors import TrainingError
from midime_engine.pretraining.windows import Windows, load_windows, prepare, save_windows
from tests.support.midi_files import midi_bytes
from tests.support.songs import track

if TYPE_CHECKING:
    from pathlib import Path

UP = "C4 . D4 . E4 . F4 . G4 . A4 . B4 . C5 . "
UP_IN_D = "D4 . E4 . F#4 . G4 . A4 . B4 . C#5 . D5 . "
DOWN = "C5 . B4 . A4 . G4 . F4 . E4 . D4 . C4 . "
WALTZ = "C4 . . . E4 . . . G4 . . . " * 4
LEAP = "C4 . G4 . C5 . G4 . E4 . C4 . G3 . C3 . "


def corpus(folder: Path, **songs: bytes) -> Path:
    """A zip of songs by name."""
    path = folder / "tunes.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in songs.items():
            archive.writestr(f"{name}.mid", data)
    return path


def split(folder: Path, **sides: str) -> Path:
    """The CSV that says which song is on which side."""
    path = folder / "split.csv"
    rows = [f"tunes,{name}.mid,{side},0" for name, side in sides.items()]
    path.write_text("\n".join(["corpus,file,split,group", *rows]) + "\n", "utf-8")
    return path


def melodies(folder: Path, *, sides: dict[str, str], **songs: bytes) -> Windows:
    """Melody windows of two bars."""
    archive, table = corpus(folder, **songs), split(folder, **sides)
    return prepare([archive], split=table, parts=("melody",), n_steps=32)


def test_songs_stay_on_their_side(tmp_path: Path) -> None:
    """As the table says; a song that is not in it is trained on."""
    windows = melodies(
        tmp_path,
        sides={"down": "valid", "up": "train"},
        up=midi_bytes(track(UP * 2)),
        down=midi_bytes(track(DOWN * 2)),
        leap=midi_bytes(track(LEAP * 2)),
    )
    assert windows.train.shape == (2, 32, 1)
    assert windows.valid.shape == (1, 32, 1)
    assert windows.valid[0, 0, 0] == 53
    assert windows.counts == {"tunes": 3}


def test_windows_that_differ_by_a_transposition_are_one(tmp_path: Path) -> None:
    """Training transposes at random anyway; on the other side the window is new again."""
    windows = melodies(
        tmp_path,
        sides={"c": "valid"},
        a=midi_bytes(track(UP * 3)),  # the second window is the first again
        b=midi_bytes(track(UP_IN_D * 2)),
        c=midi_bytes(track(UP_IN_D * 2)),
    )
    assert (len(windows.train), len(windows.valid)) == (1, 1)


def test_windows_advance_by_a_bar(tmp_path: Path) -> None:
    """Four different bars make three windows of two."""
    windows = melodies(
        tmp_path,
        sides={"b": "valid"},
        a=midi_bytes(track(UP + DOWN + LEAP + DOWN)),
        b=midi_bytes(track(UP * 2)),
    )
    assert len(windows.train) == 3
    np.testing.assert_array_equal(windows.train[0, 16:], windows.train[1, :16])


def test_a_waltz_is_cut_at_its_own_bars(tmp_path: Path) -> None:
    """Two bars of 3/4, then silence to the end of the window."""
    windows = melodies(
        tmp_path,
        sides={"b": "valid"},
        a=midi_bytes(track(WALTZ), metres=((0, 3, 4),)),
        b=midi_bytes(track(UP * 2)),
    )
    assert len(windows.train) == 1
    assert windows.train[0, :24:4, 0].tolist() == [41, 45, 48] * 2
    assert not windows.train[0, 25:].any()


def test_bars_of_two_four_are_taken_in_pairs(tmp_path: Path) -> None:
    """Windows begin at every second of them."""
    windows = melodies(
        tmp_path,
        sides={"b": "valid"},
        a=midi_bytes(track(UP + DOWN + LEAP), metres=((0, 2, 4),)),
        b=midi_bytes(track(UP * 2)),
    )
    assert len(windows.train) == 2


def test_unreadable_files_are_counted_and_skipped(tmp_path: Path) -> None:
    """A corpus of thousands always has some."""
    windows = melodies(
        tmp_path,
        sides={"b": "valid"},
        a=midi_bytes(track(UP * 2)),
        b=midi_bytes(track(DOWN * 2)),
        bad=b"MThd no more",
        worse=b"",
    )
    assert windows.counts == {"tunes": 2, "unreadable": 2}


def test_without_a_table_every_twentieth_file_validates(tmp_path: Path) -> None:
    """Twenty songs of their own, one of them kept aside."""
    songs = {}
    for index in range(20):
        words = ["C4", "D4", "E4", "G4", "A4"]
        text = " . ".join(words[(index // 5**k) % 5] for k in range(3)) + " . "
        songs[f"song{index:02d}"] = midi_bytes(track(text * 6))
    windows = prepare([corpus(tmp_path, **songs)], split=None, parts=("melody",), n_steps=32)
    assert len(windows.valid) > 0
    assert len(windows.train) > len(windows.valid)


def test_drums_are_compared_as_they_are(tmp_path: Path) -> None:
    """A groove on another drum is another groove."""
    archive = corpus(
        tmp_path,
        a=midi_bytes(track("C2 . . . " * 8, channel=9)),
        b=midi_bytes(track("D2 . . . " * 8, channel=9)),
        c=midi_bytes(track("D2 . C2 . " * 8, channel=9)),
    )
    windows = prepare([archive], split=split(tmp_path, c="valid"), parts=("drums",), n_steps=32)
    assert (len(windows.train), len(windows.valid)) == (2, 1)
    assert windows.train[:, 0, 0].tolist() == [1, 2]


def test_too_little_music_is_an_error(tmp_path: Path) -> None:
    """Nothing to train on, or nothing to judge by."""
    archive = corpus(tmp_path, a=midi_bytes(track(UP * 2)))
    for sides in ({"a": "train"}, {"a": "valid"}):
        with pytest.raises(TrainingError, match="too little"):
            prepare([archive], split=split(tmp_path, **sides), parts=("melody",), n_steps=32)


def test_windows_are_kept_in_a_file(tmp_path: Path) -> None:
    """What is read is what was written, and no partial file stays."""
    windows = Windows(
        np.arange(64, dtype=np.int32).reshape(2, 32, 1),
        np.full((1, 32, 1), 511, np.int32),
        {"a=b": 2, "unreadable": 1},
    )
    path = tmp_path / "windows.npz"
    save_windows(windows, path)
    found = load_windows(path)
    np.testing.assert_array_equal(found.train, windows.train)
    np.testing.assert_array_equal(found.valid, windows.valid)
    assert found.train.dtype == np.int32
    assert found.counts == windows.counts
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    """Text, other arrays, objects that would have to be unpickled, nothing."""
    text, other, objects = (tmp_path / name for name in ("text.npz", "other.npz", "objects.npz"))
    text.write_text("windows")
    np.savez(other, x=np.zeros(3))
    np.savez(objects, train=np.array([{}]), valid=np.array([{}]), counts=np.array(["a=1"]))
    for path in (text, other, objects, tmp_path / "gone.npz"):
        with pytest.raises(TrainingError, match="no training windows"):
            load_windows(path)
