"""A trained translator as a file: safetensors, with everything else as JSON in its header.

The layout is that of :mod:`midime_engine.learning.tensor_files`, version 1, under the mark
``midime-translator``: ``config`` is every field of :class:`TranslatorConfig`, ``metadata`` an
object of the caller's. Embedded translators are stored in half precision; both are read. Whatever
is wrong with a file ends in a :class:`MidiMeFileError`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from midime_engine.errors import MidiMeFileError
from midime_engine.learning.network_files import NetworkFiles
from midime_engine.learning.tensor_files import FileKind, max_file_bytes
from midime_engine.translation.config import MAX_PARAMETERS, TranslatorConfig
from midime_engine.translation.model import Translator

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from midime_engine.learning.network_files import Arrays
    from midime_engine.learning.tensor_files import StoredNetwork

__all__ = ["MAX_FILE_BYTES", "from_bytes", "load", "save", "to_bytes"]

MAX_FILE_BYTES: Final = max_file_bytes(MAX_PARAMETERS)
"""The largest network that can be configured, float32, and its header: 34 MB."""


def _taken_apart(translator: Translator) -> tuple[dict[str, Any], Arrays]:
    return translator.config.to_json(), translator.weights


def _taken_apart_in_half(translator: Translator) -> tuple[dict[str, Any], Arrays]:
    halves = {name: array.astype(np.float16) for name, array in translator.weights.items()}
    return translator.config.to_json(), halves


def _put_together(stored: StoredNetwork) -> Translator:
    config = TranslatorConfig.from_json(stored.settings)
    return Translator.from_weights(config, stored.tensors(config.variable_shapes))


_FILES: Final = NetworkFiles(
    FileKind(
        mark="midime-translator",
        version=1,
        noun="translator",
        error=MidiMeFileError,
        remedy="Choose a .safetensors file that a translator was saved in, or train it again.",
    ),
    MAX_FILE_BYTES,
    _taken_apart,
    _put_together,
)
_HALVES: Final = replace(_FILES, taken_apart=_taken_apart_in_half)

from_bytes: Final = _FILES.from_bytes
load: Final = _FILES.load


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
    return (_HALVES if half else _FILES).to_bytes(translator, metadata)


def save(
    translator: Translator,
    path: Path,
    metadata: Mapping[str, Any] | None = None,
    *,
    half: bool = False,
) -> None:
    """Write a translator to ``path``; a reader never meets half a file."""
    (_HALVES if half else _FILES).save(translator, path, metadata)
