"""Small networks as files: safetensors, with everything else as JSON in the header.

The layout: the variables as tensors of one type; in the header's ``__metadata__`` one key, the
mark of the kind of network, whose value is a JSON object with ``version``, ``config`` and
``metadata`` (an object of the caller's, whatever JSON can say). One key, because the library writes
several in random order. Nothing is ever unpickled.

A file may come from anyone. Size, header, names, shapes and types are checked before they are
believed; what is wrong ends in a ``ValueError`` with the reason, for the caller to dress.
"""

from __future__ import annotations

import json
import math
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from midime_engine.errors import MidimeError

__all__ = [
    "FileKind",
    "StoredNetwork",
    "max_file_bytes",
    "network_bytes",
    "read_network",
    "write_whole",
]

_MAX_DESCRIPTION_BYTES: Final = 1_000_000  # 10,000 epochs of losses take half of it.
# JSON in JSON: escapes may double the description. The variables take a hundred bytes each.
_MAX_HEADER_BYTES: Final = 2 * _MAX_DESCRIPTION_BYTES + 100_000

_MAX_DIGITS: Final = 20  # Of a whole number: 64 bits and a sign.
_LENGTH_BYTES: Final = 8  # Little-endian size of the header, by the safetensors format.
_TYPES: Final = ("F32", "F16")
"""All variables of a file have one of them; half precision is for what is embedded."""


def max_file_bytes(max_parameters: int) -> int:
    """The largest network of so many parameters, float32, and its header."""
    return 4 * max_parameters + _MAX_HEADER_BYTES


def network_bytes(
    arrays: Mapping[str, npt.NDArray[np.floating[Any]]],
    *,
    mark: str,
    version: int,
    config: Mapping[str, Any],
    metadata: Mapping[str, Any],
) -> bytes:
    """Write a network; the same arguments give the same bytes.

    Raises:
        ValueError: If the metadata hold a number that is not finite, or are larger than a reader
            will accept.
        TypeError: If they hold what JSON cannot say.
    """
    from safetensors.numpy import save as save_tensors

    described = {"version": version, "config": dict(config), "metadata": dict(metadata)}
    text = json.dumps(described, allow_nan=False)
    if len(text) > _MAX_DESCRIPTION_BYTES:
        raise ValueError(f"Metadata of {len(text)} bytes do not fit into the header of a file.")
    return bytes(save_tensors(dict(arrays), metadata={mark: text}))


@dataclass(frozen=True, slots=True, eq=False)
class StoredNetwork:
    """A file whose header is sound; its tensors have not been read."""

    version: object
    """Whatever it says; the caller knows which it reads."""

    config: object
    """Whatever it says."""

    metadata: dict[str, Any]
    """Finite numbers, bounded in size; nothing else is promised."""

    _header: dict[str, Any]
    _data: bytes

    @property
    def settings(self) -> dict[str, Any]:
        """The config, where it is an object; what stands in it is for the caller to check.

        Raises:
            ValueError: It is none.
        """
        if not isinstance(self.config, dict):
            raise ValueError("its config is missing")  # noqa: TRY004 - one kind of error for a bad file
        return self.config

    def tensors(self, shapes: Mapping[str, tuple[int, ...]]) -> dict[str, npt.NDArray[np.float32]]:
        """The arrays in float32, read only after the header has promised exactly ``shapes``.

        Raises:
            ValueError: It promises others, or they cannot be read.
        """
        from safetensors import SafetensorError
        from safetensors.numpy import load as load_tensors

        promised = {
            name: (entry.get("dtype"), entry.get("shape")) if isinstance(entry, dict) else None
            for name, entry in self._header.items()
            if name != "__metadata__"
        }
        types = {found[0] for found in promised.values() if found}
        kind = next((kind for kind in _TYPES if types == {kind}), _TYPES[0])
        expected = {name: (kind, list(shape)) for name, shape in shapes.items()}
        if promised != expected:
            wrong = sorted(
                name
                for name in promised.keys() | expected.keys()
                if promised.get(name) != expected.get(name)
            )
            shown = ", ".join(name[:60] for name in wrong[:5])
            raise ValueError(
                f"{len(wrong)} variables are missing, unexpected or misshapen: {shown}"
            )
        try:
            read = load_tensors(self._data)
        except (SafetensorError, ValueError, KeyError, TypeError) as error:
            raise ValueError("its tensors cannot be read") from error
        return {name: np.asarray(array, np.float32) for name, array in read.items()}


def read_network(data: bytes, *, mark: str, max_bytes: int, kind: str) -> StoredNetwork:
    """Check the header of what :func:`network_bytes` wrote.

    Args:
        data: The bytes of a file.
        mark: What :func:`network_bytes` was told.
        max_bytes: Of the largest file of that kind, see :func:`max_file_bytes`.
        kind: What the file should be, for people: "a MidiMe".

    Raises:
        ValueError: If it is anything else; its text says why, as the end of a sentence.
    """
    if len(data) > max_bytes:
        raise ValueError(f"it is larger than {max_bytes // 1_000_000} MB")
    length = int.from_bytes(data[:_LENGTH_BYTES], "little")
    if len(data) <= _LENGTH_BYTES or length > min(_MAX_HEADER_BYTES, len(data) - _LENGTH_BYTES):
        raise ValueError("it is no safetensors file, or its end is missing")
    header = _json(data[_LENGTH_BYTES : _LENGTH_BYTES + length], "its header")
    labels = header.get("__metadata__")
    if not isinstance(labels, dict) or mark not in labels:
        raise ValueError(f"it is not marked as {kind}")
    described = _json(labels[mark], "its description")
    metadata = described.get("metadata")
    if not isinstance(metadata, dict):
        raise ValueError("its metadata are missing")  # noqa: TRY004 - one kind of error for a bad file
    return StoredNetwork(described.get("version"), described.get("config"), metadata, header, data)


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of network in files: how it is marked, and how its owner is told what is wrong."""

    mark: str
    """What :func:`network_bytes` is told."""

    version: int
    """The one that is written and read."""

    noun: str
    """What it is, for people: "MidiMe"."""

    error: type[MidimeError]
    """What is raised for a file that cannot be read."""

    remedy: str
    """What to do about a file that is something else."""

    def stored(self, data: bytes, *, max_bytes: int) -> StoredNetwork:
        """Check the header and the version.

        Raises:
            MidimeError: Of the kind ``error``, if it is of another version.
            ValueError: If it is anything else; its text says why, as the end of a sentence.
        """
        kind = f"a {self.noun}"
        stored = read_network(data, mark=self.mark, max_bytes=max_bytes, kind=kind)
        if stored.version != self.version:
            raise self.error(
                f"This {self.noun} is of file version {str(stored.version)[:20]!r}; this program "
                f"reads version {self.version}.",
                remedy=f"Update the program, or train the {self.noun} again.",
            )
        return stored

    def bytes_at(self, path: Path, *, max_bytes: int) -> bytes:
        """The bytes of a file, and one more than there may be of one that is too large.

        Raises:
            MidimeError: Of the kind ``error``, if it cannot be opened.
        """
        try:
            with path.open("rb") as stream:
                return stream.read(max_bytes + 1)
        except OSError as error:
            raise self.error(
                f"{path.name} cannot be opened: {error.strerror or error}.",
                remedy=f"Check the path of the saved {self.noun} (its name ends in .safetensors).",
            ) from error

    def damaged(self, reason: str) -> MidimeError:
        """What to raise for a file that is something else."""
        return self.error(
            f"This is not a {self.noun} that can be read: {reason}.", remedy=self.remedy
        )


def write_whole(data: bytes, path: Path) -> None:
    """Write a file; a reader never meets half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        part.chmod(0o644)  # mkstemp makes files that only their owner can read.
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _json(text: object, what: str) -> dict[str, Any]:
    """Parse an object strictly: no NaN, no deep nesting, no other type."""
    if not isinstance(text, (str, bytes)):
        raise ValueError(f"{what} is missing")  # noqa: TRY004 - one kind of error for a bad file
    try:
        value = json.loads(text, parse_constant=_finite, parse_float=_finite, parse_int=_whole)
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError.
        raise ValueError(f"{what} is not valid JSON") from error
    if not isinstance(value, dict):
        raise ValueError(f"{what} is not a JSON object")  # noqa: TRY004 - see above
    return value


def _finite(text: str) -> float:
    """The number, unless it is NaN, Infinity or as good as (1e999)."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is not finite")
    return number


def _whole(text: str) -> int:
    """The number, unless it is too long to become a float."""
    if len(text) > _MAX_DIGITS:
        raise ValueError(f"{text[:_MAX_DIGITS]}... is too long")
    return int(text)
