"""Weights that stay on the disk until somebody takes them, one array at a time.

The largest published models have a gigabyte of weights. A network that takes them from here holds
them once, and not once more while it is being built.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    import numpy.typing as npt

__all__ = ["StoredArrays", "shapes_of"]


class StoredArrays(Mapping[str, "npt.NDArray[np.float32]"]):
    """Float32 arrays by name; each access reads the file again."""

    def __init__(
        self,
        shapes: Mapping[str, tuple[int, ...]],
        read: Callable[[str], npt.NDArray[np.float32]],
    ) -> None:
        """Arrays of ``shapes``, of which ``read`` reads one by its name."""
        self.shapes = dict(shapes)
        self._read = read

    def __getitem__(self, name: str) -> npt.NDArray[np.float32]:
        """Read one array.

        Raises:
            KeyError: there is none of that name.
            CheckpointError: the file is damaged.
        """
        if name not in self.shapes:
            raise KeyError(name)
        return self._read(name)

    def __contains__(self, name: object) -> bool:
        """Whether there is an array of that name; it is not read."""
        return name in self.shapes

    def __iter__(self) -> Iterator[str]:
        """The names, in the order of the file."""
        return iter(self.shapes)

    def __len__(self) -> int:
        """How many arrays there are."""
        return len(self.shapes)


def shapes_of(arrays: Mapping[str, npt.NDArray[Any]]) -> dict[str, tuple[int, ...]]:
    """The shape of each array by its name; stored ones are not read for it."""
    if isinstance(arrays, StoredArrays):
        return arrays.shapes
    return {name: tuple(array.shape) for name, array in arrays.items()}
