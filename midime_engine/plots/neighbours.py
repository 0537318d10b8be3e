"""Load what Plotly looks for in other modules' hands.

Plotly asks ``sys.modules`` whether pandas and Pillow are there, and uses what it finds. While
another thread is importing one of them, as TensorFlow and note-seq do, half a module is there, and
the figure that is just being made fails. Whoever has imported them before is safe.
"""

from __future__ import annotations

import contextlib
import importlib

__all__ = ["load"]

_LOOKED_FOR = ("pandas", "PIL.Image")


def load() -> None:
    """Have them whole, those that are installed; waits for a thread that is importing them."""
    for name in _LOOKED_FOR:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
