"""A trained MidiMe as a file: safetensors, with everything else as JSON in its header.

The layout is that of :mod:`midime_engine.learning.tensor_files`, version 1: the variables of
``MidiMeConfig.variable_shapes`` as float32 tensors under the mark ``midime``; ``config`` is every
field of :class:`MidiMeConfig`, ``metadata`` an object of the caller's: base model, songs, losses.

A file may come from anyone. Size, header, config, names, shapes and values are checked before
they are believed, and whatever is wrong with them ends in a :class:`MidiMeFileError`. Of the
metadata only this is promised: a JSON object of finite numbers, bounded in size. The moments of
the optimizer are not kept: they would triple the file, and training goes on well without.
"""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, Final

from midime_engine.errors import CheckpointMismatchError, MidiMeFileError, OptionError
from midime_engine.learning.tensor_files import (
    max_file_bytes,
    network_bytes,
    read_network,
    write_whole,
)
from midime_engine.midime.config import MAX_PARAMETERS, MidiMeConfig
from midime_engine.midime.model import MidiMe

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["MAX_FILE_BYTES", "from_bytes", "load", "save", "to_bytes"]

MAX_FILE_BYTES: Final = max_file_bytes(MAX_PARAMETERS)
"""The largest network that can be configured, float32, and its header: 34 MB."""

_MARK: Final = "midime"
_VERSION: Final = 1


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
    return network_bytes(
        midime.weights,
        mark=_MARK,
        version=_VERSION,
        config=asdict(midime.config),
        metadata=metadata or {},
    )


def from_bytes(data: bytes) -> tuple[MidiMe, dict[str, Any]]:
    """Read what :func:`to_bytes` wrote: the MidiMe and the metadata.

    Raises:
        MidiMeFileError: If the bytes are anything else.
    """
    try:
        stored = read_network(data, mark=_MARK, max_bytes=MAX_FILE_BYTES, kind="a MidiMe")
        if stored.version != _VERSION:
            raise _other_version(stored.version)
        config = _config(stored.config)
        return MidiMe.from_weights(config, stored.tensors(config.variable_shapes)), stored.metadata
    except (ValueError, OptionError, CheckpointMismatchError) as error:
        raise _damaged(str(error)) from error


def save(midime: MidiMe, path: Path, metadata: Mapping[str, Any] | None = None) -> None:
    """Write a MidiMe to ``path``; a reader never meets half a file."""
    write_whole(to_bytes(midime, metadata), path)


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


def _config(found: object) -> MidiMeConfig:
    names = {field.name for field in fields(MidiMeConfig)}
    if not isinstance(found, dict) or found.keys() != names:
        raise _damaged(f"its config has not exactly the fields {', '.join(sorted(names))}")
    return MidiMeConfig(**found)


def _other_version(found: object) -> MidiMeFileError:
    return MidiMeFileError(
        f"This MidiMe is of file version {str(found)[:20]!r}; this program reads version "
        f"{_VERSION}.",
        remedy="Update the program, or train the MidiMe again.",
    )


def _damaged(reason: str) -> MidiMeFileError:
    return MidiMeFileError(
        f"This is not a MidiMe that can be read: {reason}.",
        remedy="Choose a .safetensors file saved by MidiMe, or train again and save it anew.",
    )
