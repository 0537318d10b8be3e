"""A trained translator as a file: safetensors, with everything else as JSON in its header.

The layout is that of :mod:`midime_engine.learning.tensor_files`, version 1, under the mark
``midime-translator``: ``config`` is every field of :class:`TranslatorConfig`, ``metadata`` an
object of the caller's. Embedded translators are stored in half precision; both are read. Whatever
is wrong with a file ends in a :class:`MidiMeFileError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.errors import CheckpointMismatchError, MidiMeFileError, OptionError
from midime_engine.learning.tensor_files import (
    max_file_bytes,
    network_bytes,
    read_network,
    write_whole,
)
from midime_engine.translation.config import MAX_PARAMETERS, TranslatorConfig
from midime_engine.translation.model import Translator

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["MAX_FILE_BYTES", "from_bytes", "load", "save", "to_bytes"]

MAX_FILE_BYTES: Final = max_file_bytes(MAX_PARAMETERS)
"""The largest network that can be configured, float32, and its header: 34 MB."""

_MARK: Final = "midime-translator"
_VERSION: Final = 1


def to_bytes(
    translator: Translator, metadata: Mapping[str, Any] | None = None, *, half: bool = False
) -> bytes:
    """Write a translator; the same one with the same metadata gives the same bytes.

    Args:
        translator: What to keep.
        metadata: Anything that JSON can say, under string keys; tuples come back as lists.
        half: Store half precision, for half the size.

    Raises:
        ValueError: If the metadata hold a number that is not finite, or are larger than a reader
            will accept.
        TypeError: If they hold what JSON cannot say.
    """
    dtype = np.float16 if half else np.float32
    return network_bytes(
        {name: array.astype(dtype) for name, array in translator.weights.items()},
        mark=_MARK,
        version=_VERSION,
        config=translator.config.to_json(),
        metadata=metadata or {},
    )


def from_bytes(data: bytes) -> tuple[Translator, dict[str, Any]]:
    """Read what :func:`to_bytes` wrote: the translator and the metadata.

    Raises:
        MidiMeFileError: If the bytes are anything else.
    """
    try:
        stored = read_network(data, mark=_MARK, max_bytes=MAX_FILE_BYTES, kind="a translator")
        if stored.version != _VERSION:
            raise _other_version(stored.version)
        if not isinstance(stored.config, dict):
            raise _damaged("its config is missing")
        config = TranslatorConfig.from_json(stored.config)
        weights = stored.tensors(config.variable_shapes)
        return Translator.from_weights(config, weights), stored.metadata
    except (ValueError, OptionError, CheckpointMismatchError) as error:
        raise _damaged(str(error)) from error


def save(
    translator: Translator,
    path: Path,
    metadata: Mapping[str, Any] | None = None,
    *,
    half: bool = False,
) -> None:
    """Write a translator to ``path``; a reader never meets half a file."""
    write_whole(to_bytes(translator, metadata, half=half), path)


def load(path: Path) -> tuple[Translator, dict[str, Any]]:
    """Read a translator from ``path``.

    Raises:
        MidiMeFileError: If there is no such file or it holds no translator.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise MidiMeFileError(
            f"{path.name} cannot be opened: {error.strerror or error}.",
            remedy="Check the path of the saved translator (its name ends in .safetensors).",
        ) from error
    return from_bytes(data)


def _other_version(found: object) -> MidiMeFileError:
    return MidiMeFileError(
        f"This translator is of file version {str(found)[:20]!r}; this program reads version "
        f"{_VERSION}.",
        remedy="Update the program, or train the translator again.",
    )


def _damaged(reason: str) -> MidiMeFileError:
    return MidiMeFileError(
        f"This is not a translator that can be read: {reason}.",
        remedy="Choose a .safetensors file that a translator was saved in, or train it again.",
    )
