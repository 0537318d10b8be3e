"""All base models on offer, a bounded part of them in memory. No Streamlit in here.

Each model has one :class:`~midime_ui.serving.ModelServer` for as long as the process lives, which
costs next to nothing; what costs is the model in it. Before one is loaded, those that nobody has
asked for the longest give their memory back until the new one has room. A server that has given
its memory back loads again when it is called, so nobody who still works with it sees more than a
wait of seconds.
"""

from __future__ import annotations

import gc
import threading
from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING, Final

from midime_ui.serving import ModelServer

if TYPE_CHECKING:
    from collections.abc import Callable

    from midime_ui.serving import ServedModel

__all__ = ["MAX_BYTES", "ModelShelf"]

MAX_BYTES: Final = 1_000_000_000
"""Weights in memory. All our models together are a sixth of it, so a class that uses every one of
them waits for none; the largest of Magenta's (924 MB) still fits, alone. With TensorFlow itself and
the graphs, a process stays under 3 GB."""


class ModelShelf:
    """Servers by the names of their models."""

    def __init__(
        self,
        load: Callable[[str], ServedModel],
        n_bytes_of: Callable[[str], int],
        *,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        """``load`` makes a model from its name; ``n_bytes_of`` says what it will take."""
        self._load = load
        self._n_bytes_of = n_bytes_of
        self._max_bytes = max_bytes
        self._servers: OrderedDict[str, ModelServer] = OrderedDict()
        self._lock = threading.Lock()
        self._loading = threading.Lock()

    def server(self, name: str) -> ModelServer:
        """The server of the model called ``name``, always the same one; it loads when called."""
        with self._lock:
            if name not in self._servers:
                self._servers[name] = ModelServer(partial(self._load_bounded, name))
            self._servers.move_to_end(name)
            return self._servers[name]

    def in_memory(self) -> tuple[str, ...]:
        """Names of the models that are loaded, the one that was asked for last at the end."""
        with self._lock:
            return tuple(name for name, server in self._servers.items() if server.is_ready)

    def _load_bounded(self, name: str) -> ServedModel:
        # One at a time: two that load together would each find room for itself.
        with self._loading:
            self._make_room(self._n_bytes_of(name))
            return self._load(name)

    def _make_room(self, n_bytes: int) -> None:
        loaded = self.in_memory()
        taken = sum(self._n_bytes_of(name) for name in loaded)
        n_released = 0
        while n_released < len(loaded) and taken + n_bytes > self._max_bytes:
            longest_unused = loaded[n_released]
            self._servers[longest_unused].release()
            taken -= self._n_bytes_of(longest_unused)
            n_released += 1
        if n_released:
            # Networks are full of cycles, and what was there before has been frozen.
            gc.unfreeze()
            gc.collect()
