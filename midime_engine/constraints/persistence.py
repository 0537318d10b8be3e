"""A trained constraint as a file: safetensors, with everything else as JSON in its header.

The layout is that of :mod:`midime_engine.learning.tensor_files`, version 1, under the mark
``midime-constraint``: the variables of ``ConstraintConfig.variable_shapes`` and ``scale``
``[z_size]``, all float32; ``config`` is every field of :class:`ConstraintConfig`, ``metadata`` an
object of the caller's: rules, base model, what was measured. Whatever is wrong with a file ends in
a :class:`ConstraintFileError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from midime_engine.constraints.config import MAX_PARAMETERS, MAX_SIZE, ConstraintConfig
from midime_engine.constraints.model import Constraint
from midime_engine.errors import ConstraintFileError
from midime_engine.learning.network_files import NetworkFiles
from midime_engine.learning.tensor_files import FileKind, max_file_bytes

if TYPE_CHECKING:
    from midime_engine.learning.network_files import Arrays
    from midime_engine.learning.tensor_files import StoredNetwork

__all__ = ["MAX_FILE_BYTES", "from_bytes", "load", "save", "to_bytes"]

MAX_FILE_BYTES: Final = max_file_bytes(MAX_PARAMETERS + MAX_SIZE)
"""The largest networks that can be configured, float32, and their header."""


def _taken_apart(constraint: Constraint) -> tuple[dict[str, Any], Arrays]:
    return constraint.config.to_json(), {**constraint.weights, "scale": constraint.scale}


def _put_together(stored: StoredNetwork) -> Constraint:
    config = ConstraintConfig.from_json(stored.settings)
    tensors = stored.tensors({**config.variable_shapes, "scale": (config.z_size,)})
    scale = tensors.pop("scale")
    return Constraint(config, scale, tensors)


_FILES: Final = NetworkFiles(
    FileKind(
        mark="midime-constraint",
        version=1,
        noun="constraint",
        error=ConstraintFileError,
        remedy="Choose a .safetensors file saved by `midime constrain` or the app, or train again.",
    ),
    MAX_FILE_BYTES,
    _taken_apart,
    _put_together,
)

to_bytes: Final = _FILES.to_bytes
from_bytes: Final = _FILES.from_bytes
save: Final = _FILES.save
load: Final = _FILES.load
