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
    FileKind,
    max_file_bytes,
    network_bytes,
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

_KIND: Final = FileKind(
    mark="midime",
    version=1,
    noun="MidiMe",
    error=MidiMeFileError,
    remedy="Choose a .safetensors file saved by MidiMe, or train again and save it anew.",
)


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
        mark=_KIND.mark,
        version=_KIND.version,
        config=asdict(midime.config),
        metadata=metadata or {},
    )


def from_bytes(data: bytes) -> tuple[MidiMe, dict[str, Any]]:
    """Read what :func:`to_bytes` wrote: the MidiMe and the metadata.

    Raises:
        MidiMeFileError: If the bytes are anything else.
    """
    try:
        stored = _KIND.stored(data, max_bytes=MAX_FILE_BYTES)
        config = _config(stored.config)
        return MidiMe.from_weights(config, stored.tensors(config.variable_shapes)), stored.metadata
    except (ValueError, OptionError, CheckpointMismatchError) as error:
        raise _KIND.damaged(str(error)) from error


def save(midime: MidiMe, path: Path, metadata: Mapping[str, Any] | None = None) -> None:
    """Write a MidiMe to ``path``; a reader never meets half a file."""
    write_whole(to_bytes(midime, metadata), path)


def load(path: Path) -> tuple[MidiMe, dict[str, Any]]:
    """Read a MidiMe from ``path``.

    Raises:
        MidiMeFileError: If there is no such file or it holds no MidiMe.
    """
    return from_bytes(_KIND.bytes_at(path, max_bytes=MAX_FILE_BYTES))


def _config(found: object) -> MidiMeConfig:
    names = {field.name for field in fields(MidiMeConfig)}
    if not isinstance(found, dict) or found.keys() != names:
        raise _KIND.damaged(f"its config has not exactly the fields {', '.join(sorted(names))}")
    return MidiMeConfig(**found)
