from __future__ import annotations

import ctypes
import subprocess
import sys

from midime_engine.pretraining.allocator import keep_freed_memory

# Frees one large block, fills another of that size, and counts the pages that had to be made anew.
PROBE = """
import resource, sys
from midime_engine.pretraining.allocator import keep_freed_memory
if sys.argv[1] == "kept":
    assert keep_freed_memory()
def fill():
    block = bytearray(200_000_000)
    block[::4096] = b"x" * len(block[::4096])
fill()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
fill()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def page_faults(how: str) -> int:
    """Of the second block, in a process of its own: the setting cannot be taken back."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, how], capture_output=True, check=True, text=True
    )
    return int(done.stdout.split()[-1])


def test_freed_memory_is_used_again_without_the_kernel() -> None:
    """Two hundred megabytes: some fifty thousand pages by default, next to none afterwards."""
    assert page_faults("kept") * 10 < page_faults("given back")


def test_a_c_library_without_the_setting_is_left_alone(monkeypatch) -> None:
    """Musl has no mallopt, and Windows nothing to ask for it."""
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: object())
    assert keep_freed_memory() is False
