from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from midime_engine.pretraining import deduplication
from midime_engine.pretraining.deduplication import KeySet, keys_of

if TYPE_CHECKING:
    import pytest


def keys(*numbers: int) -> np.ndarray:
    """Keys that are these numbers."""
    return np.array(numbers, np.uint64)


def melody(*tokens: int) -> np.ndarray:
    """One window."""
    return np.array(tokens, np.int32)[None, :, None]


def test_a_transposed_melody_is_the_same() -> None:
    """Rests and note-offs stay where they are; another rhythm is another melody."""
    here = keys_of(melody(41, 0, 1, 45), ("melody",))
    assert keys_of(melody(43, 0, 1, 47), ("melody",)) == here
    assert keys_of(melody(41, 0, 1, 46), ("melody",)) != here
    assert keys_of(melody(41, 1, 0, 45), ("melody",)) != here


def test_drums_are_compared_as_they_are() -> None:
    """A groove on another drum is another groove."""
    assert keys_of(melody(1, 0), ("drums",)) != keys_of(melody(2, 0), ("drums",))


def test_the_pitched_parts_of_a_trio_move_together() -> None:
    """A bass that moves alone makes other music."""
    trio = np.array([[[41, 17, 1], [0, 0, 4]]], np.int32)
    parts = ("melody", "bass", "drums")
    up, apart, struck = trio.copy(), trio.copy(), trio.copy()
    up[0, 0, :2] += 3
    apart[0, 0, 1] += 3
    struck[0, 0, 2] = 3
    here = keys_of(trio, parts)
    assert keys_of(up, parts) == here
    assert keys_of(apart, parts) != here
    assert keys_of(struck, parts) != here


def test_silence_has_a_key_too() -> None:
    """And no windows have none."""
    assert len(keys_of(melody(0, 0), ("melody",))) == 1
    assert len(keys_of(melody(0, 0)[:0], ("melody",))) == 0


def test_a_key_is_new_once() -> None:
    """Among those that come together as well."""
    seen = KeySet()
    assert seen.add(keys(5, 6, 5)).tolist() == [True, True, False]
    assert seen.add(keys(6, 7)).tolist() == [False, True]
    assert seen.add(keys()).tolist() == []
    assert len(seen) == 3


def test_many_keys_are_what_a_set_would_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Through all merges of the latest into the sorted ones."""
    monkeypatch.setattr(deduplication, "_MERGE_AT", 50)
    rng = np.random.default_rng(0)
    seen, expected = KeySet(), set()
    for _ in range(100):
        some = rng.integers(0, 2000, 40).astype(np.uint64)
        some[0] = 2**64 - 1
        new = seen.add(some)
        for key, is_new in zip(some.tolist(), new.tolist(), strict=True):
            assert is_new == (key not in expected)
            expected.add(key)
    assert len(seen) == len(expected)


def test_memory_is_bounded() -> None:
    """Beyond, windows are compared with those before only."""
    seen = KeySet(most=3)
    assert seen.add(keys(1, 2, 3, 4)).all()
    assert len(seen) == 3
    assert seen.add(keys(4, 1)).tolist() == [True, False]
