"""What is compiled for one user serves all others with a network of the same shape."""

from __future__ import annotations

import threading

import pytest

from midime_engine.learning import executables
from midime_engine.learning.executables import MAX_EXECUTABLES, Executables


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was compiled, in order; compiling costs nothing here."""
    seen: list[object] = []

    def compile_function(function: object) -> object:
        seen.append(function)
        return ["compiled", function]

    monkeypatch.setattr(executables, "compile_function", compile_function)
    return seen


def test_a_shape_is_compiled_once(compiled: list[object]) -> None:
    """However many threads ask at the same time."""
    kept, found = Executables(), []
    threads = [
        threading.Thread(target=lambda: found.append(kept.of((8, 4), lambda: "update")))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert compiled == ["update"]
    assert all(each is found[0] for each in found)


def test_the_one_used_least_goes_first(compiled: list[object]) -> None:
    """There is room for a few."""
    kept = Executables()
    for shape in range(MAX_EXECUTABLES):
        kept.of(shape, lambda shape=shape: shape)
    kept.of(0, lambda: "never")
    kept.of("another", lambda: "another")
    kept.of(0, lambda: "never")
    kept.of(1, lambda: "once more")
    assert compiled == [*range(MAX_EXECUTABLES), "another", "once more"]
