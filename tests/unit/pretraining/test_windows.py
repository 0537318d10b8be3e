from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_engine.errors import TrainingError
from midime_engine.pretraining import windows as windows_module
from midime_engine.pretraining.shards import ShardWriter
from midime_engine.pretraining.windows import Windows, load_windows, save_windows

if TYPE_CHECKING:
    from pathlib import Path


def windows(**more: object) -> Windows:
    """Two to train on, one to validate on."""
    return Windows(
        np.arange(64, dtype=np.int32).reshape(2, 32, 1),
        np.full((1, 32, 1), 511, np.int32),
        {"a=b": 2, "unreadable": 1},
        **more,  # type: ignore[arg-type]
    )


def test_windows_are_kept_in_a_file(tmp_path: Path) -> None:
    """What is read is what was written, and no partial file stays."""
    path = tmp_path / "windows.npz"
    save_windows(windows(), path)
    found = load_windows(path)
    np.testing.assert_array_equal(found.train, windows().train)
    np.testing.assert_array_equal(found.valid, windows().valid)
    assert found.train.dtype == np.int32
    assert found.counts == windows().counts
    assert found.valid_figures is None
    assert list(tmp_path.iterdir()) == [path]


def test_figures_may_be_kept_with_them(tmp_path: Path) -> None:
    """To judge accompaniment apart."""
    figures = np.full((3, 32, 1), 7, np.int32)
    save_windows(windows(valid_figures=figures), tmp_path / "windows.npz")
    np.testing.assert_array_equal(load_windows(tmp_path / "windows.npz").valid_figures, figures)


def test_other_arrays_in_the_file_are_left_alone(tmp_path: Path) -> None:
    """A newer version may write more."""
    save_windows(windows(), tmp_path / "windows.npz")
    with np.load(tmp_path / "windows.npz") as stored:
        arrays = dict(stored)
    np.savez(tmp_path / "more.npz", songs=np.zeros(3), **arrays)
    assert load_windows(tmp_path / "more.npz").counts == windows().counts


def test_a_folder_of_shards_is_mapped(tmp_path: Path) -> None:
    """Indexed as arrays are."""
    with ShardWriter(tmp_path / "folder", (32, 1)) as writer:
        writer.add("train", windows().train.astype(np.uint16))
        writer.add("valid", windows().valid.astype(np.uint16))
        writer.count({"tunes": 3})
    found = load_windows(tmp_path / "folder")
    np.testing.assert_array_equal(found.train[np.array([1, 0])], windows().train[::-1])
    np.testing.assert_array_equal(found.valid[:5], windows().valid)
    assert (found.counts, found.valid_figures) == ({"tunes": 3}, None)


def test_of_many_validation_windows_some_are_read(tmp_path: Path, monkeypatch) -> None:
    """From the first to the last; those to train on stay where they are."""
    monkeypatch.setattr(windows_module, "_MOST_VALID", 5)
    numbers = np.arange(41, dtype=np.uint16).reshape(41, 1, 1)
    with ShardWriter(tmp_path / "folder", (1, 1)) as writer:
        for side in ("train", "valid", "valid_figures"):
            writer.add(side, numbers)
    found = load_windows(tmp_path / "folder")
    assert found.valid.ravel().tolist() == [0, 10, 20, 30, 40]
    assert isinstance(found.valid, np.ndarray)
    assert found.valid_figures is not None
    assert len(found.valid_figures) == 5
    assert len(found.train) == 41


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    """Text, other arrays, objects that would have to be unpickled, a damaged file, nothing."""
    names = ("text", "other", "objects", "floats", "flat", "cut")
    text, other, objects, floats, flat, cut = (tmp_path / f"{name}.npz" for name in names)
    text.write_text("windows")
    counts = np.array(["a=1"])
    np.savez(other, x=np.zeros(3))
    np.savez(objects, train=np.array([{}]), valid=np.array([{}]), counts=counts)
    np.savez(floats, train=np.zeros((1, 2, 1)), valid=np.zeros((1, 2, 1)), counts=counts)
    np.savez(flat, train=np.zeros(3, int), valid=np.zeros(3, int), counts=counts)
    save_windows(windows(), cut)
    data = bytearray(cut.read_bytes())
    data[80:120] = bytes(40)
    cut.write_bytes(data)
    for path in (text, other, objects, floats, flat, cut, tmp_path / "gone.npz", tmp_path):
        with pytest.raises(TrainingError, match="no training windows"):
            load_windows(path)


def test_reading_needs_numpy_alone(tmp_path: Path) -> None:
    """No library of music, no network: the file is carried to any machine."""
    save_windows(windows(), tmp_path / "windows.npz")
    code = (
        "import sys; from pathlib import Path;"
        "from midime_engine.pretraining.windows import load_windows;"
        "load_windows(Path(sys.argv[1]));"
        "heavy = ('tensorflow', 'keras', 'note_seq', 'symusic', 'safetensors', 'ray', 'jax');"
        "print([name for name in heavy if name in sys.modules])"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "windows.npz")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"
