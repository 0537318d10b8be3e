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

from midime_engine.errors import MidiMeFileError
from midime_engine.learning.network_files import NetworkFiles
from midime_engine.learning.tensor_files import FileKind, max_file_bytes
from midime_engine.midime.config import MAX_PARAMETERS, MidiMeConfig
from midime_engine.midime.model import MidiMe

if TYPE_CHECKING:
    from midime_engine.learning.network_files import Arrays
    from midime_engine.learning.tensor_files import StoredNetwork

__all__ = ["MAX_FILE_BYTES", "from_bytes", "load", "save", "to_bytes"]

MAX_FILE_BYTES: Final = max_file_bytes(MAX_PARAMETERS)
"""The largest network that can be configured, float32, and its header: 34 MB."""


def _taken_apart(midime: MidiMe) -> tuple[dict[str, Any], Arrays]:
    return asdict(midime.config), midime.weights


def _put_together(stored: StoredNetwork) -> MidiMe:
    names = {field.name for field in fields(MidiMeConfig)}
    if not isinstance(stored.config, dict) or stored.config.keys() != names:
        raise ValueError(f"its config has not exactly the fields {', '.join(sorted(names))}")
    config = MidiMeConfig(**stored.config)
    return MidiMe.from_weights(config, stored.tensors(config.variable_shapes))


_FILES: Final = NetworkFiles(
    FileKind(
        mark="midime",
        version=1,
        noun="MidiMe",
        error=MidiMeFileError,
        remedy="Choose a .safetensors file saved by MidiMe, or train again and save it anew.",
    ),
    MAX_FILE_BYTES,
    _taken_apart,
    _put_together,
)

to_bytes: Final = _FILES.to_bytes
from_bytes: Final = _FILES.from_bytes
save: Final = _FILES.save
load: Final = _FILES.load
