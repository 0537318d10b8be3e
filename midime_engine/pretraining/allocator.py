"""Keeping freed memory, which nearly doubles the speed of training on a CPU.

A step allocates and frees the same gigabyte of activations. glibc hands blocks of that size back to
the kernel, which has to zero every page of them again a moment later: 490 sequences of ``mel_2bar``
a second instead of 880, on two cores.
"""

from __future__ import annotations

import ctypes
from typing import Final

__all__ = ["keep_freed_memory"]

_SETTINGS: Final = {
    -4: 0,  # M_MMAP_MAX: large blocks come from the heap too
    -1: -1,  # M_TRIM_THRESHOLD: its end is never given back
    -2: 1 << 28,  # M_TOP_PAD: and it grows by 256 MB at a time
    -8: 1,  # M_ARENA_MAX: threads share it, or each of them would keep its own
}


def keep_freed_memory() -> bool:
    """Tell the C library so for the rest of the process; False where it cannot be told."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):  # musl, macOS, Windows
        return False
    return all(mallopt(name, value) for name, value in _SETTINGS.items())
