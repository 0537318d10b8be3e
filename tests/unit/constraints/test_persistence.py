"""A trained constraint as a file."""

from __future__ import annotations

import json

import numpy as np
import pytest
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from midime_engine.constraints.model import Constraint
from midime_engine.constraints.persistence import from_bytes, load, save, to_bytes
from midime_engine.constraints.training import fitted
from midime_engine.errors import ConstraintFileError
from tests.support.hills import Hill, plain, quick

SPACE = plain()
CONSTRAINT = Constraint(fitted(quick(seed=3), SPACE, Hill()), SPACE.scale)
DATA = to_bytes(CONSTRAINT, {"rules": ["key=C major"]})


def test_what_is_written_is_read_back_whole() -> None:
    """Config, metadata, and every place is moved as before."""
    again, metadata = from_bytes(DATA)
    z = SPACE.draw(9, 0)
    assert metadata == {"rules": ["key=C major"]}
    assert again.config == CONSTRAINT.config
    assert np.array_equal(again.apply(z), CONSTRAINT.apply(z))
    assert to_bytes(again, metadata) == DATA


def test_a_saved_file_is_opened(tmp_path) -> None:
    """And a missing one is told by its name."""
    save(CONSTRAINT, tmp_path / "mine.safetensors")
    assert load(tmp_path / "mine.safetensors")[0].config == CONSTRAINT.config
    with pytest.raises(ConstraintFileError, match=r"other\.safetensors cannot be opened"):
        load(tmp_path / "other.safetensors")


def _with(**changes) -> bytes:
    length = int.from_bytes(DATA[:8], "little")
    described = json.loads(json.loads(DATA[8 : 8 + length])["__metadata__"]["midime-constraint"])
    arrays = load_tensors(DATA)
    arrays.update(changes.pop("arrays", {}))
    described.update(changes)
    return bytes(save_tensors(arrays, metadata={"midime-constraint": json.dumps(described)}))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        DATA[:-10],
        _with(version=2),
        _with(config=None),
        _with(config={"z_size": 6}),
        _with(arrays={"scale": np.ones(5, np.float32)}),
        _with(arrays={"scale": np.full(6, np.nan, np.float32)}),
        _with(arrays={"actor/0/bias": np.full(32, np.inf, np.float32)}),
        _with(arrays={"extra": np.zeros(1, np.float32)}),
    ],
)
def test_anything_else_is_refused_with_what_to_do(data) -> None:
    """Nothing of it is believed."""
    with pytest.raises(ConstraintFileError) as caught:
        from_bytes(data)
    assert caught.value.remedy
