"""Which windows were there before, in eight bytes each.

Two windows are the same when they differ by a transposition of their pitched parts only, because
training transposes at random anyway. Of each, a hash of 64 bits is remembered: among a hundred
million windows that takes one for another in one case of 3,700, and nothing is lost by it but a
window.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import numpy as np

from midime_engine.converters.classes import FIRST_ONSET, N_MELODY_CLASSES

if TYPE_CHECKING:
    import numpy.typing as npt

    from midime_engine.protocols import IntArray

    Keys = npt.NDArray[np.uint64]

__all__ = ["KeySet", "keys_of"]

_KEY_BYTES: Final = 8
_MERGE_AT: Final = 1 << 16
"""Keys in the small set beside the sorted array before they are merged."""

MAX_KEYS: Final = 50_000_000
"""400 MB. Windows beyond are compared with these and not with each other."""


def keys_of(windows: IntArray, parts: tuple[str, ...]) -> Keys:
    """A hash of each of ``windows`` ``[n, steps, parts]`` that transposition does not change."""
    pitched = [index for index, part in enumerate(parts) if part != "drums"]
    same = windows.astype(np.int16)
    if pitched and len(windows):
        melodic = same[:, :, pitched]
        onset = melodic >= FIRST_ONSET
        lowest = np.where(onset, melodic, N_MELODY_CLASSES).min(axis=(1, 2), keepdims=True)
        same[:, :, pitched] = np.where(onset, melodic - lowest + FIRST_ONSET, melodic)
    digests = [
        hashlib.blake2b(window.tobytes(), digest_size=_KEY_BYTES).digest() for window in same
    ]
    return np.frombuffer(b"".join(digests), np.uint64)


class KeySet:
    """A set of keys in bounded memory: a sorted array, and a small set of the latest."""

    def __init__(self, most: int = MAX_KEYS) -> None:
        self._most = most
        self._sorted: Keys = np.zeros(0, np.uint64)
        self._latest: set[int] = set()

    def __len__(self) -> int:
        """Number of keys that are remembered."""
        return len(self._sorted) + len(self._latest)

    def add(self, keys: Keys) -> npt.NDArray[np.bool_]:
        """Remember ``keys`` ``[n]``; which of them are new, and the first of their kind here."""
        at = np.minimum(np.searchsorted(self._sorted, keys), max(0, len(self._sorted) - 1))
        known = self._sorted[at] == keys if len(self._sorted) else np.zeros(len(keys), bool)
        new = np.zeros(len(keys), bool)
        for index in np.flatnonzero(~known).tolist():
            key = int(keys[index])
            if key not in self._latest:
                new[index] = True
                if len(self) < self._most:
                    self._latest.add(key)
        if len(self._latest) >= _MERGE_AT:
            latest = np.fromiter(self._latest, np.uint64, len(self._latest))
            self._sorted = np.sort(np.concatenate([self._sorted, latest]))
            self._latest.clear()
        return new
