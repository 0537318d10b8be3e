"""Windows that fit no memory: a folder of plain ``.npy`` files, written as they come.

The folder holds ``index.json`` and ``<side>-<number>.npy`` shards of 16-bit integers. They are
mapped, not read: a batch touches the pages of its rows and no others. The index is written last, so
a folder that has one is whole.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.errors import TrainingError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import BinaryIO, Self

    import numpy.typing as npt

    from midime_engine.protocols import IntArray

__all__ = ["INDEX_NAME", "Rows", "ShardWriter", "open_shards"]

INDEX_NAME: Final = "index.json"
_FORMAT: Final = "midime windows 1"
_SIDES: Final = ("train", "valid", "valid_figures")
_SHARD_BYTES: Final = 256 * 2**20
"""Small enough to be copied again when a copy broke off, large enough to be few."""

_MAX_INDEX_BYTES: Final = 10_000_000


class Rows:
    """Windows in several mapped files, indexed as one array ``[n, steps, parts]``.

    Rows come as int32, as those of an array in memory do.
    """

    def __init__(self, shards: list[npt.NDArray[np.uint16]], shape: tuple[int, int]) -> None:
        self._shards = shards
        self._starts = np.cumsum([0, *(len(shard) for shard in shards)])
        self.shape = (int(self._starts[-1]), *shape)
        self.size = math.prod(self.shape)
        self.dtype = np.dtype(np.int32)
        self.ndim = 3

    def __len__(self) -> int:
        """Number of windows."""
        return self.shape[0]

    def __getitem__(self, chosen: Any) -> IntArray:
        """The windows that an index, a slice, indices or a mask choose, in memory."""
        rows = self._rows(chosen)
        flat = rows.ravel()
        found = np.empty((len(flat), *self.shape[1:]), np.int32)
        shard_of = np.searchsorted(self._starts, flat, side="right") - 1
        for index in np.unique(shard_of).tolist():
            here = shard_of == index
            found[here] = self._shards[index][flat[here] - self._starts[index]]
        return found.reshape(*rows.shape, *self.shape[1:])

    def _rows(self, chosen: Any) -> npt.NDArray[np.int64]:
        """Numbers of the rows, from the start; one for an index, several otherwise."""
        if isinstance(chosen, slice):
            return np.arange(*chosen.indices(len(self)))
        rows = np.asarray(chosen)
        if rows.dtype == np.bool_:
            if rows.shape != (len(self),):
                raise IndexError(f"A mask of {rows.shape} does not fit {len(self)} windows.")
            return np.flatnonzero(rows)
        if rows.size and not (-len(self) <= rows.min() and rows.max() < len(self)):
            raise IndexError(f"There are {len(self)} windows; asked for {rows.max()}.")
        return np.where(rows < 0, rows + len(self), rows).astype(np.int64)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:  # noqa: FBT001 - NumPy's signature
        """All of them in memory."""
        if copy is False:
            raise ValueError("Windows in several files cannot be one array without a copy.")
        return self[:].astype(dtype or self.dtype, copy=False)


class ShardWriter:
    """Writes windows of all sides as they come; a context manager.

    Raises:
        TrainingError: the folder holds something already.
    """

    def __init__(
        self, folder: Path, shape: tuple[int, int], *, shard_bytes: int = _SHARD_BYTES
    ) -> None:
        if folder.exists() and any(folder.iterdir()):
            raise TrainingError(
                f"{folder.name} is not empty.", remedy="Name a new folder for the windows."
            )
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._shape = shape
        self._rows_per_shard = max(1, shard_bytes // (2 * shape[0] * shape[1]))
        self._open: dict[str, _Shard] = {}
        self._finished: list[dict[str, Any]] = []
        self._counts: dict[str, int] = {}

    def __enter__(self) -> Self:
        """Ready to write."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Finish the shards and write the index; if something went wrong, leave nothing."""
        for side in list(self._open):
            self._close(side)
        if kind is None:
            self._write_index()
            return
        for entry in self._finished:
            (self._folder / entry["file"]).unlink()

    def add(self, side: str, windows: npt.NDArray[np.uint16]) -> None:
        """Append ``windows`` ``[n, steps, parts]`` to those of ``side``."""
        while len(windows):
            if side not in self._open:
                number = sum(entry["side"] == side for entry in self._finished)
                path = self._folder / f"{side}-{number:05d}.npy"
                self._open[side] = _Shard(path, self._shape)
            shard = self._open[side]
            room = self._rows_per_shard - shard.n_rows
            shard.add(windows[:room])
            windows = windows[room:]
            if shard.n_rows == self._rows_per_shard:
                self._close(side)

    def count(self, counts: dict[str, int]) -> None:
        """Note how many windows each corpus gave."""
        self._counts = counts

    def _close(self, side: str) -> None:
        shard = self._open.pop(side)
        shard.close()
        self._finished.append({"side": side, "file": shard.path.name, "rows": shard.n_rows})

    def _write_index(self) -> None:
        index = {
            "format": _FORMAT,
            "n_steps": self._shape[0],
            "n_parts": self._shape[1],
            "shards": self._finished,
            "counts": self._counts,
        }
        temporary = self._folder / f"{INDEX_NAME}.partial"
        temporary.write_text(json.dumps(index, indent=1) + "\n", "utf-8")
        temporary.replace(self._folder / INDEX_NAME)


class _Shard:
    """One ``.npy`` file whose number of rows is known when it is finished."""

    def __init__(self, path: Path, shape: tuple[int, int]) -> None:
        self.path = path
        self.n_rows = 0
        self._shape = shape
        self._file: BinaryIO = path.open("wb")
        self._write_header()

    def add(self, windows: npt.NDArray[np.uint16]) -> None:
        self._file.write(np.ascontiguousarray(windows, "<u2").tobytes())
        self.n_rows += len(windows)

    def close(self) -> None:
        self._file.seek(0)
        self._write_header()
        self._file.close()

    def _write_header(self) -> None:
        """NumPy leaves room in the header for the first axis to grow."""
        header = {"descr": "<u2", "fortran_order": False, "shape": (self.n_rows, *self._shape)}
        np.lib.format.write_array_header_1_0(self._file, header)


def open_shards(folder: Path) -> tuple[dict[str, Rows], dict[str, int]]:
    """The windows of ``folder``, mapped, by side; and their number per corpus.

    The sides are ``train``, ``valid`` and ``valid_figures``; the last one is often empty.

    Raises:
        TrainingError: the folder is none of ours, incomplete or damaged.
    """
    try:
        index = _index(folder / INDEX_NAME)
        shape = (int(index["n_steps"]), int(index["n_parts"]))
        shards: dict[str, list[npt.NDArray[np.uint16]]] = {side: [] for side in _SIDES}
        for entry in index["shards"]:
            shards[entry["side"]].append(_mapped(folder, entry, shape))
        counts = {str(name): int(count) for name, count in index["counts"].items()}
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise TrainingError(
            f"{folder.name} holds no training windows: {error}.",
            remedy="Prepare them again with midime windows.",
        ) from error
    return {side: Rows(mapped, shape) for side, mapped in shards.items()}, counts


def _index(path: Path) -> Any:
    if path.stat().st_size > _MAX_INDEX_BYTES:
        raise ValueError("its index is too large")
    index = json.loads(path.read_text("utf-8"))
    if index["format"] != _FORMAT:
        raise ValueError("it has another format")
    return index


def _mapped(folder: Path, entry: Any, shape: tuple[int, int]) -> npt.NDArray[np.uint16]:
    name = str(entry["file"])
    if "/" in name or "\\" in name or name.startswith("."):
        raise ValueError("a shard lies outside")
    mapped = np.load(folder / name, mmap_mode="r", allow_pickle=False)
    if mapped.dtype != np.dtype("<u2") or mapped.shape != (int(entry["rows"]), *shape):
        raise ValueError(f"{name} is damaged")
    return np.asarray(mapped) if not len(mapped) else mapped
