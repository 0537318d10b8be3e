"""A translator as a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from safetensors.numpy import save as save_tensors

from midime_engine.errors import MidiMeFileError
from midime_engine.midime.model import MidiMe
from midime_engine.midime.persistence import to_bytes as midime_bytes
from midime_engine.translation.model import Translator
from midime_engine.translation.persistence import from_bytes, load, save, to_bytes
from tests.support.translation import toy_config

if TYPE_CHECKING:
    from pathlib import Path

TRANSLATOR = Translator(toy_config())
DATA = to_bytes(TRANSLATOR, {"songs": ["Für Elise.mid"], "pairs": 12})


def test_a_translator_comes_back_as_it_was(tmp_path: Path) -> None:
    """Config, weights to the last bit, and what was written beside them."""
    path = tmp_path / "translator.safetensors"
    save(TRANSLATOR, path, {"songs": ["Für Elise.mid"], "pairs": 12})
    assert path.read_bytes() == DATA
    again, metadata = load(path)
    assert again.config == TRANSLATOR.config
    assert metadata == {"songs": ["Für Elise.mid"], "pairs": 12}
    for name, array in TRANSLATOR.weights.items():
        np.testing.assert_array_equal(again.weights[name], array)


def test_half_precision_takes_half_the_room() -> None:
    """And plays as before, to three digits."""
    half = to_bytes(TRANSLATOR, half=True)
    tensors = sum(array.nbytes for array in TRANSLATOR.weights.values())
    assert len(to_bytes(TRANSLATOR)) - len(half) == pytest.approx(tensors / 2, rel=0.1)
    again, _ = from_bytes(half)
    name = "encoder/a/first/kernel"
    np.testing.assert_allclose(again.weights[name], TRANSLATOR.weights[name], atol=1e-3)
    assert again.weights[name].dtype == np.float32


def _described(**changes: object) -> bytes:
    described = {"version": 1, "config": toy_config().to_json(), "metadata": {}} | changes
    return save_tensors(
        dict(TRANSLATOR.weights), metadata={"midime-translator": json.dumps(described)}
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no safetensors file"),
        (DATA[:-9], "its tensors cannot be read|end is missing"),
        (midime_bytes(MidiMe()), "not marked as a translator"),
        (_described(version=2), "file version '2'"),
        (_described(config=None), "its config is missing"),
        (_described(config={"beta": 1.0}), "no config of a translator"),
        (_described(config=toy_config(layers=(8, 9)).to_json()), "misshapen"),
        (_described(metadata=[]), "metadata are missing"),
    ],
    ids=["empty", "cut", "midime", "version", "no config", "bad config", "shapes", "metadata"],
)
def test_anything_else_ends_in_one_error(data: bytes, why: str) -> None:
    """Whatever somebody uploads."""
    with pytest.raises(MidiMeFileError, match=why):
        from_bytes(data)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    """It names the file."""
    with pytest.raises(MidiMeFileError, match=r"lost\.safetensors cannot be opened"):
        load(tmp_path / "lost.safetensors")
