"""Any number of models is on offer; a bounded part of them is in memory."""

from __future__ import annotations

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from midime_engine.errors import CheckpointError
from midime_ui.shelf import ModelShelf
from tests.support.studio import FakeMusicVAE

SIZES = {"melody": 100, "drums": 100, "trio": 300, "another trio": 300, "huge": 900}


def one_row() -> np.ndarray:
    """Something to decode."""
    return np.zeros((1, 256), np.float32)


class Warehouse:
    """Makes models, and knows which of them still exist."""

    def __init__(self) -> None:
        self.loads: list[str] = []
        self.alive: dict[str, weakref.ref] = {}

    def load(self, name: str) -> FakeMusicVAE:
        self.loads.append(name)
        model = FakeMusicVAE()
        model.itself = model  # As a network: a cycle that only the garbage collector ends.
        self.alive[name] = weakref.ref(model)
        return model


@pytest.fixture
def warehouse() -> Warehouse:
    """Where the models come from."""
    return Warehouse()


@pytest.fixture
def shelf(warehouse: Warehouse) -> ModelShelf:
    """Room for 500."""
    return ModelShelf(warehouse.load, SIZES.__getitem__, max_bytes=500)


def test_nothing_is_loaded_before_it_is_called(shelf: ModelShelf, warehouse: Warehouse) -> None:
    """To offer a model costs nothing."""
    assert shelf.server("huge") is shelf.server("huge")
    assert warehouse.loads == []
    assert shelf.in_memory() == ()


def test_what_fits_stays(shelf: ModelShelf, warehouse: Warehouse) -> None:
    """A class that uses three models waits for each of them once."""
    for _ in range(3):
        for name in ("melody", "drums", "trio"):
            shelf.server(name).decode_tokens(one_row())
    assert warehouse.loads == ["melody", "drums", "trio"]
    assert shelf.in_memory() == ("melody", "drums", "trio")


def test_the_one_that_was_unused_the_longest_makes_room(
    shelf: ModelShelf, warehouse: Warehouse
) -> None:
    """And its memory is given back indeed, also where others have frozen it."""
    for name in ("melody", "trio", "drums"):
        shelf.server(name).decode_tokens(one_row())
    gc.freeze()
    shelf.server("melody")  # Asking counts as use.

    shelf.server("another trio").decode_tokens(one_row())

    assert shelf.in_memory() == ("drums", "melody", "another trio")
    assert warehouse.alive["trio"]() is None
    assert warehouse.alive["drums"]() is not None


def test_a_model_beyond_the_bound_stands_alone(shelf: ModelShelf) -> None:
    """It is what somebody wants to use, so all others go."""
    for name in ("melody", "drums", "huge"):
        shelf.server(name).decode_tokens(one_row())
    assert shelf.in_memory() == ("huge",)


def test_who_holds_a_server_can_go_on_with_it(shelf: ModelShelf, warehouse: Warehouse) -> None:
    """It loads again, and others make room in turn."""
    held = shelf.server("trio")
    held.decode_tokens(one_row())
    shelf.server("huge").decode_tokens(one_row())
    assert held.decode_tokens(one_row()).shape == (1, 32, 1)
    assert shelf.in_memory() == ("trio",)
    assert warehouse.loads == ["trio", "huge", "trio"]


def test_a_class_that_wants_everything_at_once_gets_it(shelf: ModelShelf) -> None:
    """Four models, eight visitors: no deadlock, and at the end no more than the bound."""
    gate = threading.Barrier(8)

    def visit(name: str) -> int:
        gate.wait(timeout=10)
        return len(shelf.server(name).decode_tokens(one_row()))

    with ThreadPoolExecutor(8) as visitors:
        names = ["melody", "drums", "trio", "huge"] * 2
        assert list(visitors.map(visit, names, timeout=30)) == [1] * 8
    assert sum(SIZES[name] for name in shelf.in_memory()) <= 900


def test_a_model_that_cannot_be_loaded_blocks_nobody(warehouse: Warehouse) -> None:
    """The error is for who asked for it."""

    def load(name: str) -> FakeMusicVAE:
        if name == "huge":
            raise CheckpointError("Damaged.", remedy="Fetch it again.")
        return warehouse.load(name)

    shelf = ModelShelf(load, SIZES.__getitem__, max_bytes=500)
    with pytest.raises(CheckpointError):
        shelf.server("huge").decode_tokens(one_row())
    assert len(shelf.server("melody").decode_tokens(one_row())) == 1
