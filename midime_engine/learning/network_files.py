"""One kind of network as files: written, read whoever sent it, saved and loaded.

The layout is that of :mod:`midime_engine.learning.tensor_files`; the kinds differ in what they are
made of, and in what is said about a file that is something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from midime_engine.errors import CheckpointMismatchError, OptionError
from midime_engine.learning.tensor_files import network_bytes, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

    from midime_engine.learning.tensor_files import FileKind, StoredNetwork

    Arrays = Mapping[str, npt.NDArray[np.floating[Any]]]

__all__ = ["NetworkFiles"]

_Network = TypeVar("_Network")


@dataclass(frozen=True, slots=True)
class NetworkFiles(Generic[_Network]):
    """Files of one kind of network."""

    kind: FileKind
    max_bytes: int
    """Of the largest one that can be configured, and its header."""

    taken_apart: Callable[[_Network], tuple[Mapping[str, Any], Arrays]]
    """Config, as JSON can say it, and arrays of a network."""

    put_together: Callable[[StoredNetwork], _Network]
    """The way back from what a stranger may have sent: ends in a ``ValueError``, an ``OptionError``
    or a ``CheckpointMismatchError`` where that is no such network."""

    def to_bytes(self, network: _Network, metadata: Mapping[str, Any] | None = None) -> bytes:
        """Write a network; the same one with the same metadata gives the same bytes.

        Args:
            network: What to keep.
            metadata: Anything that JSON can say, under string keys; tuples come back as lists.

        Raises:
            ValueError: If the metadata hold a number that is not finite, or are larger than a
                reader will accept.
            TypeError: If they hold what JSON cannot say.
        """
        config, arrays = self.taken_apart(network)
        return network_bytes(
            arrays,
            mark=self.kind.mark,
            version=self.kind.version,
            config=config,
            metadata=metadata or {},
        )

    def from_bytes(self, data: bytes) -> tuple[_Network, dict[str, Any]]:
        """Read what :meth:`to_bytes` wrote: the network and the metadata.

        Raises:
            MidimeError: Of the error of ``kind``, if the bytes are anything else.
        """
        try:
            stored = self.kind.stored(data, max_bytes=self.max_bytes)
            return self.put_together(stored), stored.metadata
        except (ValueError, OptionError, CheckpointMismatchError) as error:
            raise self.kind.damaged(str(error)) from error

    def save(
        self, network: _Network, path: Path, metadata: Mapping[str, Any] | None = None
    ) -> None:
        """Write a network to ``path``; a reader never meets half a file."""
        write_whole(self.to_bytes(network, metadata), path)

    def load(self, path: Path) -> tuple[_Network, dict[str, Any]]:
        """Read a network from ``path``.

        Raises:
            MidimeError: Of the error of ``kind``, if there is no such file or it holds no such
                network.
        """
        return self.from_bytes(self.kind.bytes_at(path, max_bytes=self.max_bytes))
