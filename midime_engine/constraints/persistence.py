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
from midime_engine.errors import CheckpointMismatchError, ConstraintFileError, OptionError
from midime_engine.learning.tensor_files import (
    FileKind,
    max_file_bytes,
    network_bytes,
    write_whole,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["MAX_FILE_BYTES", "from_bytes", "load", "save", "to_bytes"]

MAX_FILE_BYTES: Final = max_file_bytes(MAX_PARAMETERS + MAX_SIZE)
"""The largest networks that can be configured, float32, and their header."""

_KIND: Final = FileKind(
    mark="midime-constraint",
    version=1,
    noun="constraint",
    error=ConstraintFileError,
    remedy="Choose a .safetensors file saved by `midime constrain` or the app, or train again.",
)


def to_bytes(constraint: Constraint, metadata: Mapping[str, Any] | None = None) -> bytes:
    """Write a constraint; the same one with the same metadata gives the same bytes.

    Raises:
        ValueError: If the metadata hold a number that is not finite, or are larger than a reader
            will accept.
        TypeError: If they hold what JSON cannot say.
    """
    return network_bytes(
        {**constraint.weights, "scale": constraint.scale},
        mark=_KIND.mark,
        version=_KIND.version,
        config=constraint.config.to_json(),
        metadata=metadata or {},
    )


def from_bytes(data: bytes) -> tuple[Constraint, dict[str, Any]]:
    """Read what :func:`to_bytes` wrote: the constraint and the metadata.

    Raises:
        ConstraintFileError: If the bytes are anything else.
    """
    try:
        stored = _KIND.stored(data, max_bytes=MAX_FILE_BYTES)
        if not isinstance(stored.config, dict):
            raise _KIND.damaged("its config is missing")
        config = ConstraintConfig.from_json(stored.config)
        tensors = stored.tensors({**config.variable_shapes, "scale": (config.z_size,)})
        scale = tensors.pop("scale")
        return Constraint(config, scale, tensors), stored.metadata
    except (ValueError, OptionError, CheckpointMismatchError) as error:
        raise _KIND.damaged(str(error)) from error


def save(constraint: Constraint, path: Path, metadata: Mapping[str, Any] | None = None) -> None:
    """Write a constraint to ``path``; a reader never meets half a file."""
    write_whole(to_bytes(constraint, metadata), path)


def load(path: Path) -> tuple[Constraint, dict[str, Any]]:
    """Read a constraint from ``path``.

    Raises:
        ConstraintFileError: If there is no such file or it holds no constraint.
    """
    return from_bytes(_KIND.bytes_at(path, max_bytes=MAX_FILE_BYTES))
