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
    FileKind,
    max_file_bytes,
    network_bytes,
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

_KIND: Final = FileKind(
    mark="midime-translator",
    version=1,
    noun="translator",
    error=MidiMeFileError,
    remedy="Choose a .safetensors file that a translator was saved in, or train it again.",
)


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
        mark=_KIND.mark,
        version=_KIND.version,
        config=translator.config.to_json(),
        metadata=metadata or {},
    )


def from_bytes(data: bytes) -> tuple[Translator, dict[str, Any]]:
    """Read what :func:`to_bytes` wrote: the translator and the metadata.

    Raises:
        MidiMeFileError: If the bytes are anything else.
    """
    try:
        stored = _KIND.stored(data, max_bytes=MAX_FILE_BYTES)
        if not isinstance(stored.config, dict):
            raise _KIND.damaged("its config is missing")
        config = TranslatorConfig.from_json(stored.config)
        weights = stored.tensors(config.variable_shapes)
        return Translator.from_weights(config, weights), stored.metadata
    except (ValueError, OptionError, CheckpointMismatchError) as error:
        raise _KIND.damaged(str(error)) from error


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
    return from_bytes(_KIND.bytes_at(path, max_bytes=MAX_FILE_BYTES))
