"""Files of one kind of network, whatever the network: here two numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest

from midime_engine.errors import CheckpointMismatchError, MidiMeFileError, OptionError
from midime_engine.learning.network_files import NetworkFiles
from midime_engine.learning.tensor_files import FileKind, max_file_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from midime_engine.learning.tensor_files import StoredNetwork


class Toy(NamedTuple):
    """A network."""

    name: str
    numbers: tuple[float, float]


def _put_together(stored: StoredNetwork) -> Toy:
    tensors = stored.tensors({"numbers": (2,)})
    return Toy(stored.config["name"], tuple(tensors["numbers"].tolist()))


FILES: NetworkFiles[Toy] = NetworkFiles(
    FileKind(mark="toy", version=1, noun="toy", error=MidiMeFileError, remedy="Buy one."),
    max_file_bytes(2),
    lambda toy: ({"name": toy.name}, {"numbers": np.array(toy.numbers, np.float32)}),
    _put_together,
)
TOY = Toy("spinning top", (0.5, -2.0))


def test_a_network_comes_back_as_it_was(tmp_path: Path) -> None:
    """With its metadata, from bytes and from a file; the same bytes each time."""
    data = FILES.to_bytes(TOY, {"songs": ("a", "b")})
    assert FILES.from_bytes(data) == (TOY, {"songs": ["a", "b"]})
    assert FILES.from_bytes(FILES.to_bytes(TOY)) == (TOY, {})
    FILES.save(TOY, tmp_path / "toy.safetensors", {"songs": ("a", "b")})
    assert (tmp_path / "toy.safetensors").read_bytes() == data
    assert FILES.load(tmp_path / "toy.safetensors") == FILES.from_bytes(data)


@pytest.mark.parametrize(
    "fault",
    [
        ValueError("it is broken"),
        OptionError("it is broken", remedy="x"),
        CheckpointMismatchError("it is broken", remedy="x"),
    ],
)
def test_whatever_is_wrong_is_one_error(fault: Exception) -> None:
    """Of the kind of the file, with its remedy."""

    def fail(_: StoredNetwork) -> Toy:
        raise fault

    with pytest.raises(MidiMeFileError, match="not a toy that can be read: it is broken") as caught:
        replace(FILES, put_together=fail).from_bytes(FILES.to_bytes(TOY))
    assert caught.value.remedy == "Buy one."
    assert caught.value.__cause__ is fault


def test_a_fault_of_ours_is_none_of_the_file() -> None:
    """It is not hidden behind a sentence about the file."""

    def fail(_: StoredNetwork) -> Toy:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        replace(FILES, put_together=fail).from_bytes(FILES.to_bytes(TOY))


def test_a_file_beyond_the_cap_is_refused_unread(tmp_path: Path) -> None:
    """No more than the cap is ever read into memory."""
    FILES.save(TOY, tmp_path / "toy.safetensors")
    small = replace(FILES, max_bytes=len(FILES.to_bytes(TOY)) - 1)
    with pytest.raises(MidiMeFileError, match="larger than"):
        small.load(tmp_path / "toy.safetensors")
    with pytest.raises(MidiMeFileError, match=r"absent\.safetensors cannot be opened"):
        small.load(tmp_path / "absent.safetensors")
