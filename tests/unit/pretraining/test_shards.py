from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from midime_engine.errors import TrainingError
from midime_engine.pretraining.shards import INDEX_NAME, Rows, ShardWriter, open_shards

if TYPE_CHECKING:
    from pathlib import Path

WINDOWS = np.arange(25 * 8, dtype=np.uint16).reshape(25, 4, 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """25 training windows in shards of ten, two validation windows."""
    path = tmp_path / "windows"
    with ShardWriter(path, (4, 2), shard_bytes=10 * 16) as writer:
        for start in range(0, 25, 7):
            writer.add("train", WINDOWS[start : start + 7])
        writer.add("valid", WINDOWS[:2])
        writer.count({"tunes": 27})
    return path


def test_what_is_written_is_read(folder: Path) -> None:
    """In its order, across shards, as 32-bit integers."""
    sides, counts = open_shards(folder)
    assert sorted(path.name for path in folder.iterdir()) == [
        "index.json",
        "train-00000.npy",
        "train-00001.npy",
        "train-00002.npy",
        "valid-00000.npy",
    ]
    np.testing.assert_array_equal(np.asarray(sides["train"]), WINDOWS)
    np.testing.assert_array_equal(sides["valid"][:], WINDOWS[:2])
    assert sides["train"].dtype == sides["train"][0].dtype == np.int32
    assert counts == {"tunes": 27}


@pytest.mark.parametrize(
    "chosen",
    [
        3,
        -1,
        slice(8, 13),
        slice(None, None, 6),
        slice(5, 5),
        np.array([24, 0, 10, 10, 9, -25]),
        [],
        np.array([[0, 24, 3], [11, 9, 10]]),
        np.arange(25) % 3 == 0,
    ],
)
def test_rows_are_chosen_as_of_an_array(folder: Path, chosen) -> None:
    """One, a slice, indices in any order, a mask."""
    rows = open_shards(folder)[0]["train"]
    expected = WINDOWS[np.asarray(chosen, np.intp)] if isinstance(chosen, list) else WINDOWS[chosen]
    np.testing.assert_array_equal(rows[chosen], expected)
    assert (len(rows), rows.shape, rows.ndim, rows.size) == (25, (25, 4, 2), 3, 200)


@pytest.mark.parametrize("chosen", [25, -26, np.array([0, 25]), np.ones(24, bool)])
def test_rows_beyond_the_end_are_an_error(folder: Path, chosen) -> None:
    """As of an array."""
    with pytest.raises(IndexError):
        open_shards(folder)[0]["train"][chosen]


def test_rows_stay_on_disk(folder: Path) -> None:
    """Every shard is mapped; asking for no copy is asking too much."""
    rows = open_shards(folder)[0]["train"]
    assert all(isinstance(shard, np.memmap) for shard in rows._shards)
    with pytest.raises(ValueError, match="copy"):
        np.asarray(rows, copy=False)


def test_a_side_may_be_empty() -> None:
    """Then it has no rows, of the right shape."""
    rows = Rows([], (4, 2))
    assert rows[:].shape == (0, 4, 2)
    assert len(rows) == 0


def test_a_folder_in_use_is_not_written_to(folder: Path) -> None:
    """Windows of two runs must not be mixed."""
    with pytest.raises(TrainingError, match="not empty"):
        ShardWriter(folder, (4, 2))


def test_what_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    """Neither an index nor shards, so that it can be begun again."""
    path = tmp_path / "windows"

    def interrupted() -> None:
        with ShardWriter(path, (4, 2)) as writer:
            writer.add("train", WINDOWS)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(path.iterdir()) == []


def spoil(folder: Path, **entries: object) -> None:
    """Change entries of the index."""
    index = json.loads((folder / INDEX_NAME).read_text())
    (folder / INDEX_NAME).write_text(json.dumps({**index, **entries}))


@pytest.mark.parametrize(
    "entries",
    [
        {"format": "another"},
        {"n_steps": 5},
        {"n_parts": "two"},
        {"counts": 3},
        {"counts": {"a": None}},
        {"shards": [{"side": "train", "file": "../train-00000.npy", "rows": 10}]},
        {"shards": [{"side": "train", "file": "train-00000.npy", "rows": 11}]},
        {"shards": [{"side": "train", "file": "gone.npy", "rows": 10}]},
        {"shards": [{"side": "test", "file": "train-00000.npy", "rows": 10}]},
        {"shards": None},
    ],
)
def test_a_false_index_is_refused(folder: Path, entries) -> None:
    """With a sentence; nothing outside the folder is opened."""
    spoil(folder, **entries)
    with pytest.raises(TrainingError, match="no training windows"):
        open_shards(folder)


def test_damaged_shards_are_refused(folder: Path) -> None:
    """Cut off, of another kind, or with objects to unpickle; and a folder without an index."""
    shard = folder / "train-00001.npy"
    whole = shard.read_bytes()
    objects = folder.parent / "objects.npy"
    np.save(objects, np.array([{}]), allow_pickle=True)
    for data in (whole[:-1], b"", b"text", objects.read_bytes()):
        shard.write_bytes(data)
        with pytest.raises(TrainingError, match="no training windows"):
            open_shards(folder)
    (folder / INDEX_NAME).unlink()
    with pytest.raises(TrainingError, match="no training windows"):
        open_shards(folder)
