"""Compiled updates by the shape of their network, for all users of a process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final

from midime_engine.learning.compiled import compile_function

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

__all__ = ["MAX_EXECUTABLES", "Executables"]

MAX_EXECUTABLES: Final = 8
"""Of one kind of network: of a few megabytes each, and users of one server share one or two
shapes."""


class Executables:
    """The compiled updates of one kind of network; the one that is used least goes first."""

    def __init__(self) -> None:
        """Begin with none."""
        self._kept: OrderedDict[Hashable, Callable[..., Any]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, shape: Hashable, build: Callable[[], Callable[..., Any]]) -> Callable[..., Any]:
        """The compiled update for networks of ``shape``.

        Args:
            shape: All that is compiled in.
            build: Makes the pure function of tensors that is compiled, if there is none yet.
        """
        with self._lock:
            if shape not in self._kept:
                self._kept[shape] = compile_function(build())
                while len(self._kept) > MAX_EXECUTABLES:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(shape)
            return self._kept[shape]
