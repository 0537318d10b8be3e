"""A trained MidiMe as a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from midime_engine.errors import MidiMeFileError
from midime_engine.learning import tensor_files
from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.model import MidiMe
from midime_engine.midime.persistence import MAX_FILE_BYTES, from_bytes, load, save, to_bytes

if TYPE_CHECKING:
    from pathlib import Path

_CONFIG = MidiMeConfig(
    input_size=8, latent_size=2, encoder_layers=(6,), decoder_layers=(5,), beta=0.5, seed=7
)
_METADATA = {
    "model": "mel_2bar",
    "songs": ["Für Elise.mid", "a 'quoted' \\ name"],
    "losses": [{"epoch": 1, "total": 3.5}],
    "none": None,
}
_DATA = to_bytes(MidiMe(_CONFIG), _METADATA)
_ARRAYS = load_tensors(_DATA)


def _described(**changes: Any) -> dict[str, Any]:
    """The JSON of the header, with some of its values replaced."""
    length = int.from_bytes(_DATA[:8], "little")
    header = json.loads(_DATA[8 : 8 + length])["__metadata__"]
    described: dict[str, Any] = json.loads(header["midime"])
    for path, value in changes.items():
        part, _, key = path.partition("__")
        described[part][key] = value
    return described


def _file(described: object, arrays: dict[str, np.ndarray] | None = None) -> bytes:
    text = described if isinstance(described, str) else json.dumps(described)
    tensors = _ARRAYS if arrays is None else arrays
    return bytes(save_tensors(tensors, metadata={"midime": text}))


def test_what_is_written_is_read_back_whole() -> None:
    """Config, metadata and every weight, to the last bit."""
    midime = MidiMe(_CONFIG)
    again, metadata = from_bytes(to_bytes(midime, _METADATA))
    assert again.config == _CONFIG
    assert metadata == _METADATA
    assert list(again.weights) == list(midime.weights)
    for name, array in midime.weights.items():
        np.testing.assert_array_equal(again.weights[name], array)


def test_a_default_midime_takes_four_megabytes() -> None:
    """The weights of 1,085,064 parameters and a short header."""
    data = to_bytes(MidiMe())
    assert 4 * 1_085_064 < len(data) < 4 * 1_085_064 + 4096
    assert from_bytes(data)[1] == {}


def test_writing_is_deterministic() -> None:
    """Same MidiMe, same bytes: a file can be named by its digest."""
    assert to_bytes(MidiMe(_CONFIG), _METADATA) == _DATA


def test_any_safetensors_reader_can_read_it() -> None:
    """The tensors stand under the names of the variables."""
    assert {name: array.shape for name, array in _ARRAYS.items()} == _CONFIG.variable_shapes


def test_files_are_replaced_at_once(tmp_path: Path) -> None:
    """Saving leaves one file, loading returns it."""
    path = tmp_path / "song.safetensors"
    path.write_bytes(b"older")
    save(MidiMe(_CONFIG), path, _METADATA)
    assert [p.name for p in tmp_path.iterdir()] == ["song.safetensors"]
    assert load(path)[1] == _METADATA


def test_a_failed_save_leaves_the_older_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a half-written file nor a stray temporary one remains."""
    path = tmp_path / "song.safetensors"
    path.write_bytes(b"older")

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(tensor_files.Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        save(MidiMe(_CONFIG), path)
    assert [p.name for p in tmp_path.iterdir()] == ["song.safetensors"]
    assert path.read_bytes() == b"older"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The error says which file and why."""
    with pytest.raises(MidiMeFileError, match=r"nowhere\.safetensors cannot be opened: No such"):
        load(tmp_path / "nowhere.safetensors")


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ({"a": float("nan")}, ValueError),
        ({"a": "x" * 1_000_000}, ValueError),
        ({"a": b""}, TypeError),
    ],
)
def test_metadata_that_could_not_be_read_back_are_not_written(
    metadata: dict[str, Any], error: type[Exception]
) -> None:
    """What can be written can be read."""
    with pytest.raises(error):
        to_bytes(MidiMe(_CONFIG), metadata)


def test_the_longest_metadata_are_read_back() -> None:
    """Also when every character of them has to be escaped."""
    metadata = {"text": '"' * 490_000}
    assert from_bytes(to_bytes(MidiMe(_CONFIG), metadata))[1] == metadata


def test_a_later_version_is_told_apart_from_damage() -> None:
    """The remedy is to update."""
    with pytest.raises(MidiMeFileError, match="file version '2'") as refusal:
        from_bytes(_file(_described() | {"version": 2}))
    assert "Update" in refusal.value.remedy


@pytest.mark.parametrize(
    "changes",
    [
        {"config__latent_size": 3},
        {"config__latent_size": 10**12},
        {"config__encoder_layers": [10**9]},
        {"config__encoder_layers": [[6]]},
        {"config__encoder_layers": "6"},
        {"config__beta": "1"},
        {"config__beta": 10**400},
        {"config__surprise": 1},
        {"config__seed": 10**30},
        {"metadata__number": 10**21},
    ],
)
def test_a_header_that_lies_is_refused(changes: dict[str, Any]) -> None:
    """Whatever is out of place in the description ends in one kind of error."""
    with pytest.raises(MidiMeFileError):
        from_bytes(_file(_described(**changes)))


@pytest.mark.parametrize(
    "text",
    ["", "[]", "null", "{", '{"version": 1}', "[" * 100_000, '{"version": NaN}', "{" * 9],
)
def test_a_description_that_is_no_json_object_is_refused(text: str) -> None:
    """Including nesting that is too deep for the parser."""
    with pytest.raises(MidiMeFileError):
        from_bytes(_file(text))


def test_an_infinite_number_in_disguise_is_refused() -> None:
    """JSON has no infinity, but 1e999 becomes one."""
    text = json.dumps(_described()).replace("3.5", "1e999")
    with pytest.raises(MidiMeFileError, match="not valid JSON"):
        from_bytes(_file(text))


@pytest.mark.parametrize(
    "change",
    [
        {"encoder/mu/bias": None},
        {"extra": np.zeros(3, np.float32)},
        {"encoder/mu/bias": np.zeros(3, np.float32)},
        {"encoder/mu/bias": np.zeros(2, np.float64)},
        {"encoder/mu/bias": np.zeros(2, np.float16)},
        {"encoder/mu/bias": np.array([0, np.nan], np.float32)},
        {"encoder/mu/bias": np.array([0, np.inf], np.float32)},
    ],
)
def test_every_variable_is_accounted_for(change: dict[str, np.ndarray | None]) -> None:
    """Missing, extra, misshapen, of another type or not finite: the name is in the message."""
    arrays = {name: a for name, a in (_ARRAYS | change).items() if a is not None}
    with pytest.raises(MidiMeFileError, match=next(iter(change))):
        from_bytes(_file(_described(), arrays))


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 8, b"\xff" * 8, b"PK\x03\x04" * 9, b"\x80\x04K\x01."]
)
def test_other_files_are_refused(data: bytes) -> None:
    """Empty, zip, pickle: nothing is tried on them."""
    with pytest.raises(MidiMeFileError, match="not a MidiMe that can be read"):
        from_bytes(data)


@pytest.mark.parametrize("metadata", [None, [], "text"])
def test_metadata_that_are_no_object_are_refused(metadata: object) -> None:
    """The caller may count on keys."""
    with pytest.raises(MidiMeFileError, match="metadata are missing"):
        from_bytes(_file(_described() | {"metadata": metadata}))


def test_other_safetensors_files_are_refused() -> None:
    """Weights of another program carry no mark of ours."""
    with pytest.raises(MidiMeFileError, match="not marked as a MidiMe"):
        from_bytes(bytes(save_tensors(_ARRAYS)))


def test_a_file_beyond_the_cap_is_refused(tmp_path: Path) -> None:
    """It is larger than the largest network that can be configured."""
    path = tmp_path / "large.safetensors"
    with path.open("wb") as stream:
        stream.truncate(MAX_FILE_BYTES + 1)
    with pytest.raises(MidiMeFileError, match="larger than"):
        load(path)


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_random_bytes_never_do_anything_else(data: bytes) -> None:
    """Whatever the bytes, the answer is the one error."""
    with pytest.raises(MidiMeFileError):
        from_bytes(data)


@given(st.integers(0, len(_DATA) - 1))
@settings(max_examples=100, deadline=None)
def test_a_truncated_file_is_always_noticed(length: int) -> None:
    """A download that broke off is no MidiMe."""
    with pytest.raises(MidiMeFileError):
        from_bytes(_DATA[:length])


@given(
    st.lists(st.tuples(st.integers(0, len(_DATA) - 1), st.integers(0, 255)), min_size=1, max_size=4)
)
@settings(max_examples=400, deadline=None)
def test_a_corrupted_file_is_refused_or_harmless(changes: list[tuple[int, int]]) -> None:
    """A changed byte gives the one error, or a MidiMe that computes finite numbers."""
    data = bytearray(_DATA)
    for position, value in changes:
        data[position] = value
    try:
        midime, _ = from_bytes(bytes(data))
    except MidiMeFileError:
        return
    assert all(np.isfinite(array).all() for array in midime.weights.values())
    assert midime.decode(midime.sample(1, seed=0)).shape == (1, midime.config.input_size)
