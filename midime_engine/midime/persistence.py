"""A trained MidiMe as a file: safetensors, with everything else as JSON in its header.

The layout, version 1: the variables of ``MidiMeConfig.variable_shapes`` as float32 tensors; in
the header's ``__metadata__`` one key, ``midime``, whose value is a JSON object with ``version``
(1), ``config`` (every field of :class:`MidiMeConfig`) and ``metadata`` (an object of the
caller's: base model, songs, losses, whatever JSON can say). One key, because the library writes
several in random order. Nothing is ever unpickled.

A file may come from anyone. Size, header, config, names, shapes and values are checked before
they are believed, and whatever is wrong with them ends in a :class:`MidiMeFileError`. Of the
metadata only this is promised: a JSON object of finite numbers, bounded in size. The moments of
the optimizer are not kept: they would triple the file, and training goes on well without.
"""

from __future__ import annotations

import json
import math
import os
import tempfile
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from midime_engine.errors import CheckpointMismatchError, MidiMeFileError, OptionError
from midime_engine.midime.config import MAX_PARAMETERS, MidiMeConfig
from midime_engine.midime.model import MidiMe

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import numpy.typing as npt

__all__ = ["MAX_FILE_BYTES", "from_bytes", "load", "save", "to_bytes"]

_MAX_DESCRIPTION_BYTES: Final = 1_000_000  # 10,000 epochs of losses take half of it.
# JSON in JSON: escapes may double the description. The variables take a hundred bytes each.
_MAX_HEADER_BYTES: Final = 2 * _MAX_DESCRIPTION_BYTES + 100_000

MAX_FILE_BYTES: Final = 4 * MAX_PARAMETERS + _MAX_HEADER_BYTES
"""The largest network that can be configured, float32, and its header: 34 MB."""

_MARK: Final = "midime"
_VERSION: Final = 1
_MAX_DIGITS: Final = 20  # Of a whole number: 64 bits and a sign.
_LENGTH_BYTES: Final = 8  # Little-endian size of the header, by the safetensors format.


def to_bytes(midime: MidiMe, metadata: Mapping[str, Any] | None = None) -> bytes:
    """Write a MidiMe; the same model and metadata give the same bytes.

    Args:
        midime: What to keep.
        metadata: Anything that JSON can say, under string keys; tuples come back as lists.

    Raises:
        ValueError: If the metadata hold a number that is not finite, or are larger than a reader
            will accept.
        TypeError: If they hold what JSON cannot say.
    """
    from safetensors.numpy import save as save_tensors

    described = {
        "version": _VERSION,
        "config": asdict(midime.config),
        "metadata": dict(metadata or {}),
    }
    text = json.dumps(described, allow_nan=False)
    if len(text) > _MAX_DESCRIPTION_BYTES:
        raise ValueError(f"Metadata of {len(text)} bytes do not fit into the header of a file.")
    return bytes(save_tensors(dict(midime.weights), metadata={_MARK: text}))


def from_bytes(data: bytes) -> tuple[MidiMe, dict[str, Any]]:
    """Read what :func:`to_bytes` wrote: the MidiMe and the metadata.

    Raises:
        MidiMeFileError: If the bytes are anything else.
    """
    try:
        return _read(data)
    except (OptionError, CheckpointMismatchError) as error:
        raise _damaged(str(error)) from error


def save(midime: MidiMe, path: Path, metadata: Mapping[str, Any] | None = None) -> None:
    """Write a MidiMe to ``path``; a reader never meets half a file."""
    data = to_bytes(midime, metadata)
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


def load(path: Path) -> tuple[MidiMe, dict[str, Any]]:
    """Read a MidiMe from ``path``.

    Raises:
        MidiMeFileError: If there is no such file or it holds no MidiMe.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise MidiMeFileError(
            f"{path.name} cannot be opened: {error.strerror or error}.",
            remedy="Check the path of the saved MidiMe (its name ends in .safetensors).",
        ) from error
    return from_bytes(data)


def _read(data: bytes) -> tuple[MidiMe, dict[str, Any]]:
    if len(data) > MAX_FILE_BYTES:
        raise _damaged(f"it is larger than {MAX_FILE_BYTES // 1_000_000} MB")
    header = _header(data)
    labels = header.get("__metadata__")
    if not isinstance(labels, dict) or _MARK not in labels:
        raise _damaged("it is not marked as a MidiMe")
    described = _json(labels[_MARK], "its description")
    if described.get("version") != _VERSION:
        raise MidiMeFileError(
            f"This MidiMe is of file version {str(described.get('version'))[:20]!r}; "
            f"this program reads version {_VERSION}.",
            remedy="Update the program, or train the MidiMe again.",
        )
    config = _config(described.get("config"))
    metadata = described.get("metadata")
    if not isinstance(metadata, dict):
        raise _damaged("its metadata are missing")
    return MidiMe.from_weights(config, _tensors(data, header, config)), metadata


def _header(data: bytes) -> dict[str, Any]:
    length = int.from_bytes(data[:_LENGTH_BYTES], "little")
    if len(data) <= _LENGTH_BYTES or length > min(_MAX_HEADER_BYTES, len(data) - _LENGTH_BYTES):
        raise _damaged("it is no safetensors file, or its end is missing")
    return _json(data[_LENGTH_BYTES : _LENGTH_BYTES + length], "its header")


def _json(text: object, what: str) -> dict[str, Any]:
    """Parse an object strictly: no NaN, no deep nesting, no other type."""
    if not isinstance(text, (str, bytes)):
        raise _damaged(f"{what} is missing")
    try:
        value = json.loads(text, parse_constant=_finite, parse_float=_finite, parse_int=_whole)
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError.
        raise _damaged(f"{what} is not valid JSON") from error
    if not isinstance(value, dict):
        raise _damaged(f"{what} is not a JSON object")
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


def _config(found: object) -> MidiMeConfig:
    names = {field.name for field in fields(MidiMeConfig)}
    if not isinstance(found, dict) or found.keys() != names:
        raise _damaged(f"its config has not exactly the fields {', '.join(sorted(names))}")
    return MidiMeConfig(**found)


def _tensors(
    data: bytes, header: dict[str, Any], config: MidiMeConfig
) -> dict[str, npt.NDArray[np.float32]]:
    """The arrays, read only after the header has promised exactly those of ``config``."""
    from safetensors import SafetensorError
    from safetensors.numpy import load as load_tensors

    promised = {
        name: (entry.get("dtype"), entry.get("shape")) if isinstance(entry, dict) else None
        for name, entry in header.items()
        if name != "__metadata__"
    }
    expected = {name: ("F32", list(shape)) for name, shape in config.variable_shapes.items()}
    if promised != expected:
        wrong = sorted(
            name
            for name in promised.keys() | expected.keys()
            if promised.get(name) != expected.get(name)
        )
        shown = ", ".join(name[:60] for name in wrong[:5])
        raise _damaged(f"{len(wrong)} variables are missing, unexpected or misshapen: {shown}")
    try:
        return dict(load_tensors(data))
    except (SafetensorError, ValueError, KeyError, TypeError) as error:
        raise _damaged("its tensors cannot be read") from error


def _damaged(reason: str) -> MidiMeFileError:
    return MidiMeFileError(
        f"This is not a MidiMe that can be read: {reason}.",
        remedy="Choose a .safetensors file saved by MidiMe, or train again and save it anew.",
    )
