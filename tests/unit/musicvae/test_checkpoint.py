from __future__ import annotations

import gc
import io
import json
import shutil
import struct
import tarfile
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from safetensors.numpy import save_file

from midime_engine import musicvae
from midime_engine.errors import CheckpointError, CheckpointMismatchError
from midime_engine.musicvae import get_config
from midime_engine.musicvae.checkpoint import (
    open_checkpoint,
    own_config,
    read_checkpoint,
    write_checkpoint,
)
from midime_engine.musicvae.stored import StoredArrays
from tests.support.musicvae_kit import OURS
from tests.support.networks import random_arrays

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TF_NAME = "cat-mel_2bar_tiny"
TESTING = get_config("testing")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """One of our files, sound."""
    path = tmp_path / "model.safetensors"
    write_checkpoint(path, TESTING, random_arrays(TESTING), dtype="float32")
    return path


@pytest.fixture
def js(tmp_path: Path) -> Path:
    """A sound Magenta.js folder that a test may damage."""
    return shutil.copytree(OURS / "js_mel_float16", tmp_path / "js_mel_2bar")


@pytest.fixture
def prefix(tmp_path: Path) -> Path:
    """A sound TensorFlow checkpoint that a test may damage."""
    shutil.copytree(OURS / TF_NAME, tmp_path, dirs_exist_ok=True)
    return tmp_path / f"{TF_NAME}.ckpt"


def header_of(path: Path) -> tuple[dict[str, Any], bytes]:
    """Header and tensor bytes of a safetensors file."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    return json.loads(data[8 : 8 + length]), data[8 + length :]


def with_header(path: Path, header: dict[str, Any], tensors: bytes) -> None:
    """Write the two as a file again."""
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + tensors)


# Our own format


@pytest.mark.parametrize(("dtype", "tolerance"), [("float32", 0.0), ("float16", 1e-3)])
def test_what_is_written_is_read_again(tmp_path: Path, dtype: str, tolerance: float) -> None:
    """Every variable comes back, to the precision that was asked for, and the architecture too."""
    arrays = random_arrays(TESTING)
    path = tmp_path / "model.safetensors"
    write_checkpoint(path, TESTING, arrays, dtype=dtype)
    checkpoint = read_checkpoint(path)
    assert checkpoint.config == TESTING
    assert own_config(path) == TESTING
    assert checkpoint.arrays.keys() == arrays.keys()
    for name, array in checkpoint.arrays.items():
        assert array.dtype == np.float32
        np.testing.assert_allclose(array, arrays[name], rtol=tolerance, atol=tolerance / 10)
    assert list(tmp_path.iterdir()) == [path], "no partial file stays behind"


@pytest.mark.parametrize("length", [0, 4, 8, 100, 2000, -1])
def test_a_truncated_file_is_refused(own: Path, length: int) -> None:
    """Wherever a download broke off."""
    own.write_bytes(own.read_bytes()[:length])
    with pytest.raises(CheckpointError):
        musicvae.load(own)


def test_a_foreign_safetensors_file_is_refused(tmp_path: Path) -> None:
    """Tensors alone are no model."""
    path = tmp_path / "foreign.safetensors"
    save_file({"x": np.zeros(3, np.float32)}, path)
    with pytest.raises(CheckpointError, match="no MusicVAE"):
        musicvae.load(path)


@pytest.mark.parametrize(
    "change",
    [
        {"z_size": 10**12},
        {"z_size": -1},
        {"z_size": "8"},
        {"n_steps": 10**9},
        {"enc_rnn_size": [2**14]},
        {"enc_rnn_size": []},
        {"enc_rnn_size": [8] * 1000},
        {"enc_rnn_size": 8},
        {"dec_rnn_size": {"a": 1}},
        {"parts": ["melody", "kazoo"]},
        {"n_segments": 0},
        {"surprise": 1},
        {"name": None, "n_steps": None},
    ],
)
def test_a_lying_description_is_refused_before_memory_is_taken(own: Path, change: Any) -> None:
    """Sizes that the tensors do not have are an error, not terabytes of zeros."""
    header, tensors = header_of(own)
    config = json.loads(header["__metadata__"]["config"]) | change
    header["__metadata__"]["config"] = json.dumps(config)
    with_header(own, header, tensors)
    with pytest.raises(CheckpointError):
        musicvae.load(own)


@pytest.mark.parametrize("text", ["", "[]", "3", "null", "{", "[" * 50_000])
def test_a_description_that_is_no_object_is_refused(own: Path, text: str) -> None:
    """Valid JSON of another kind, invalid JSON, and JSON nested to exhaust the stack."""
    header, tensors = header_of(own)
    header["__metadata__"]["config"] = text
    with_header(own, header, tensors)
    with pytest.raises(CheckpointError):
        musicvae.load(own)


@pytest.mark.parametrize("dtype", ["BF16", "I16", "F99", "F8_E4M3"])
def test_a_strange_dtype_is_refused(own: Path, dtype: str) -> None:
    """Numbers of a kind that we do not write, or of none at all."""
    header, tensors = header_of(own)
    header["encoder/mu/bias"]["dtype"] = dtype
    with_header(own, header, tensors)
    with pytest.raises(CheckpointError):
        musicvae.load(own)


def damage_nan(arrays: dict[str, Any]) -> None:
    """One number that is none."""
    arrays["encoder/mu/kernel"][0, 0] = np.nan


def damage_inf(arrays: dict[str, Any]) -> None:
    """One number without an end."""
    arrays["decoder/output_projection/bias"][3] = -np.inf


def damage_missing(arrays: dict[str, Any]) -> None:
    """One variable short."""
    del arrays["encoder/sigma/bias"]


def damage_extra(arrays: dict[str, Any]) -> None:
    """One variable too many."""
    arrays["encoder/surprise"] = np.zeros(2, np.float32)


def damage_transposed(arrays: dict[str, Any]) -> None:
    """One variable the wrong way round."""
    arrays["encoder/mu/kernel"] = np.ascontiguousarray(arrays["encoder/mu/kernel"].T)


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (damage_nan, "encoder/mu/kernel"),
        (damage_inf, "decoder/output_projection/bias"),
        (damage_missing, "missing: encoder/sigma/bias"),
        (damage_extra, "unexpected: encoder/surprise"),
        (damage_transposed, "of another shape: encoder/mu/kernel"),
    ],
)
def test_every_variable_is_accounted_for(
    tmp_path: Path, damage: Callable[[dict[str, Any]], None], named: str
) -> None:
    """The error names the variable that is at fault."""
    arrays = random_arrays(TESTING)
    damage(arrays)
    path = tmp_path / "model.safetensors"
    write_checkpoint(path, TESTING, arrays, dtype="float32")
    with pytest.raises(CheckpointMismatchError, match=named):
        musicvae.load(path)


# Magenta.js


def edit_manifest(folder: Path, edit: Callable[[list[Any]], object]) -> None:
    """Change the manifest of a folder in place."""
    path = folder / "weights_manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    edit(manifest)
    path.write_text(json.dumps(manifest), "utf-8")


@pytest.mark.parametrize(
    "edit",
    [
        lambda m: m[0]["paths"].__setitem__(0, "../secret"),
        lambda m: m[0]["paths"].__setitem__(0, "/etc/passwd"),
        lambda m: m[0]["paths"].__setitem__(0, ".hidden"),
        lambda m: m[0]["paths"].__setitem__(0, "https://example.org/shard"),
        lambda m: m[0]["paths"].__setitem__(0, 7),
        lambda m: m[0]["paths"].pop(),
        lambda m: m[0]["weights"].pop(),
        lambda m: m[0]["weights"].append(m[0]["weights"][0]),
        lambda m: m[0]["weights"][0].update(shape=[2**40, 2**40]),
        lambda m: m[0]["weights"][0].update(shape=[-2, -3]),
        lambda m: m[0]["weights"][0].update(shape=[0]),
        lambda m: m[0]["weights"][0].update(shape="many"),
        lambda m: m[0]["weights"][0].update(shape=[1.5, "x"]),
        lambda m: m[0]["weights"][0].update(dtype="complex64", quantization=None),
        lambda m: m[0]["weights"][0]["quantization"].update(dtype="uint4"),
        lambda m: m[0]["weights"][0]["quantization"].update(dtype="uint8"),
        lambda m: m[0]["weights"][0].pop("name"),
        lambda m: m[0]["weights"][0].update(name="encoder/another"),
        lambda m: m[0].clear(),
        lambda m: m.clear(),
        lambda m: m.append("text"),
        lambda m: m.append(None),
    ],
)
def test_a_damaged_manifest_is_refused(js: Path, edit: Callable[[list[Any]], object]) -> None:
    """Paths out of the folder, shapes that lie, dtypes that are none, tensors missing or double."""
    edit_manifest(js, edit)
    with pytest.raises(CheckpointError):
        musicvae.load(js)


def test_two_copies_of_one_tensor_are_refused(js: Path) -> None:
    """Even where the bytes would be there for both."""

    def edit(manifest: list[Any]) -> None:
        manifest.append(manifest[0])

    edit_manifest(js, edit)
    with pytest.raises(CheckpointError, match="listed twice"):
        musicvae.load(js)


def test_quantisation_that_gives_no_numbers_is_refused(tmp_path: Path) -> None:
    """A scale that is not finite, or no number."""
    for index, scale in enumerate((float("nan"), "large", None)):
        folder = shutil.copytree(OURS / "js_mel_uint16", tmp_path / str(index))
        edit_manifest(folder, lambda m, s=scale: m[0]["weights"][0]["quantization"].update(scale=s))
        with pytest.raises(CheckpointError):
            musicvae.load(folder)


@pytest.mark.parametrize("name", ["config.json", "weights_manifest.json", "group1-shard2of2"])
def test_a_missing_file_is_named(js: Path, name: str) -> None:
    """Whichever of a folder's files is not there."""
    (js / name).unlink()
    with pytest.raises(CheckpointError, match=name):
        musicvae.load(js)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", "7", '{"dataConverter": {"args": {"numSteps": "many"}}}']
)
def test_a_damaged_description_is_refused(js: Path, text: str) -> None:
    """A ``config.json`` without a converter, or of another kind."""
    (js / "config.json").write_text(text, "utf-8")
    with pytest.raises(CheckpointError):
        musicvae.load(js)


def test_a_truncated_shard_is_refused(js: Path) -> None:
    """A download that broke off."""
    shard = js / "group1-shard2of2"
    shard.write_bytes(shard.read_bytes()[:-1])
    with pytest.raises(CheckpointError, match="do not hold"):
        musicvae.load(js)


def test_bytes_of_no_tensor_are_refused(js: Path) -> None:
    """Something was left out of the manifest."""
    with (js / "group1-shard2of2").open("ab") as shard:
        shard.write(b"rest")
    with pytest.raises(CheckpointError, match="4 bytes"):
        musicvae.load(js)


# TensorFlow


@pytest.mark.parametrize("suffix", [".index", ".data-00000-of-00001"])
@pytest.mark.parametrize("share", [0.0, 0.2, 0.5])
def test_a_truncated_checkpoint_is_refused(prefix: Path, suffix: str, share: float) -> None:
    """Either file, broken off early or late."""
    path = prefix.with_name(prefix.name + suffix)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(CheckpointError):
        musicvae.load(prefix)


def test_a_checkpoint_without_its_data_is_refused(prefix: Path) -> None:
    """The index alone."""
    prefix.with_name(prefix.name + ".data-00000-of-00001").unlink()
    with pytest.raises(CheckpointError):
        musicvae.load(prefix)


def save_tensorflow(prefix: Path, tensors: dict[str, Any]) -> None:
    """Write a checkpoint with any names and dtypes."""
    import tensorflow as tf

    tf.raw_ops.SaveV2(
        prefix=str(prefix),
        tensor_names=list(tensors),
        shape_and_slices=[""] * len(tensors),
        tensors=[tf.convert_to_tensor(value) for value in tensors.values()],
    )


def test_text_among_the_weights_is_refused(tmp_path: Path) -> None:
    """A variable of strings."""
    arrays: dict[str, Any] = dict(random_arrays(TESTING))
    arrays["encoder/mu/bias"] = np.array(["eight", "names"])
    save_tensorflow(tmp_path / "text", arrays)
    with pytest.raises(CheckpointError):
        musicvae.load(tmp_path / "text")


def test_training_leftovers_are_ignored(tmp_path: Path) -> None:
    """Counters and both forms of optimiser slots."""
    arrays = random_arrays(TESTING)
    leftovers = {
        "global_step": np.int64(3),
        "beta1_power": np.float32(0.1),
        "encoder/mu/kernel/Adam": arrays["encoder/mu/kernel"],
        "encoder/mu/kernel/Adam_1": arrays["encoder/mu/kernel"],
        "Adam/encoder/mu/kernel": arrays["encoder/mu/kernel"],
    }
    save_tensorflow(tmp_path / "model", arrays | leftovers)
    assert read_checkpoint(tmp_path / "model").arrays.keys() == arrays.keys()


# Tar


def tar_of(path: Path, members: list[tuple[tarfile.TarInfo, bytes]]) -> Path:
    """Write an archive of such members."""
    with tarfile.open(path, "w") as archive:
        for info, data in members:
            info.size = len(data) if info.isfile() else 0
            archive.addfile(info, io.BytesIO(data))
    return path


def checkpoint_members(rename: Callable[[str], str]) -> list[tuple[tarfile.TarInfo, bytes]]:
    """The two files of the committed checkpoint under other names."""
    files = sorted((OURS / TF_NAME).glob("*.ckpt.*"))
    return [(tarfile.TarInfo(rename(path.name)), path.read_bytes()) for path in files]


@pytest.mark.parametrize("folder", ["../../../", "/tmp/", "./", "deep/er/"])  # noqa: S108 - a name
def test_names_in_an_archive_are_never_paths(tmp_path: Path, folder: str) -> None:
    """A member called ``../../x`` is read, and nothing is written where its name points."""
    inner = tmp_path / "a" / "b" / "c"
    inner.mkdir(parents=True)
    path = tar_of(inner / "evil.tar", checkpoint_members(lambda name: folder + name))
    before = sorted(tmp_path.rglob("*"))
    config = read_checkpoint(path).config
    assert (config.n_steps, config.z_size) == (32, 7)
    assert sorted(tmp_path.rglob("*")) == before


def test_links_in_an_archive_are_not_followed(tmp_path: Path) -> None:
    """An archive whose data are a link to a file of ours holds no checkpoint."""
    members = checkpoint_members(lambda name: name)
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE):
        link = tarfile.TarInfo(members[0][0].name)
        link.type, link.linkname = kind, str(OURS / TF_NAME / members[0][0].name)
        with pytest.raises(CheckpointError):
            read_checkpoint(tar_of(tmp_path / "link.tar", [(link, b""), members[1]]))


def test_an_archive_that_promises_terabytes_is_refused(tmp_path: Path) -> None:
    """The sizes in the headers are added up before anything is copied."""
    index = tarfile.TarInfo("model.ckpt.index")
    data = tarfile.TarInfo("model.ckpt.data-00000-of-00001")
    data.size = 8 * 1024**4
    path = tmp_path / "bomb.tar"
    path.write_bytes(index.tobuf() + data.tobuf(format=tarfile.GNU_FORMAT))
    with pytest.raises(CheckpointError):
        read_checkpoint(path)


@pytest.mark.parametrize("data", [b"", b"no archive", b"\0" * 10240, b"\x1f\x8b\x08broken"])
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    """Nothing, text, zeros, half a compressed file."""
    path = tmp_path / "model.tar"
    path.write_bytes(data)
    with pytest.raises(CheckpointError):
        read_checkpoint(path)


def test_a_truncated_archive_is_refused(tmp_path: Path) -> None:
    """A download that broke off."""
    path = tmp_path / "model.tar"
    path.write_bytes((OURS / TF_NAME / f"{TF_NAME}.tar").read_bytes()[:40_000])
    with pytest.raises(CheckpointError):
        read_checkpoint(path)


def test_a_renamed_archive_keeps_its_length(tmp_path: Path) -> None:
    """The name inside tells the bars where the name outside does not."""
    rename = lambda name: name.replace("2bar", "4bar")  # noqa: E731 - two of them
    path = tar_of(tmp_path / "download.tar", checkpoint_members(rename))
    assert read_checkpoint(path).config.n_steps == 64


# Any


@pytest.mark.parametrize("name", ["nothing", "nothing.tar", "nothing.safetensors"])
def test_a_path_to_nothing_is_refused(tmp_path: Path, name: str) -> None:
    """And the remedy says what a checkpoint may be."""
    with pytest.raises(CheckpointError) as caught:
        read_checkpoint(tmp_path / name)
    assert caught.value.remedy


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    """A folder is taken for one of Magenta.js."""
    with pytest.raises(CheckpointError, match=r"Magenta\.js"):
        musicvae.load(tmp_path)


# Large ones


@pytest.mark.parametrize("name", [f"{TF_NAME}/{TF_NAME}.tar", "js_trio_uint8", "js_mel_float16"])
def test_an_opened_checkpoint_leaves_its_arrays_on_the_disk(name: str) -> None:
    """They are the same when they are taken."""
    opened, read = open_checkpoint(OURS / name), read_checkpoint(OURS / name)
    assert isinstance(opened.arrays, StoredArrays)
    assert opened.config == read.config
    assert opened.arrays.keys() == read.arrays.keys()
    for key, array in read.arrays.items():
        np.testing.assert_array_equal(opened.arrays[key], array)


def test_damage_inside_an_array_is_found_when_it_is_taken(prefix: Path, js: Path) -> None:
    """With the error of a damaged file, not the library's."""
    data = prefix.with_name(f"{TF_NAME}.ckpt.data-00000-of-00001")
    data.write_bytes(bytes(byte ^ 0x55 for byte in data.read_bytes()))
    opened = open_checkpoint(prefix)
    with pytest.raises(CheckpointError, match="cannot be read"):
        dict(opened.arrays)
    opened = open_checkpoint(js)
    (js / "group1-shard1of2").write_bytes(b"")
    with pytest.raises(CheckpointError, match="damaged"):
        dict(opened.arrays)


def test_what_was_copied_out_of_an_archive_goes_with_its_arrays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that loads models for weeks does not fill its disk."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    checkpoint = open_checkpoint(OURS / TF_NAME / f"{TF_NAME}.tar")
    assert len(list(tmp_path.iterdir())) == 1
    assert np.all(np.isfinite(checkpoint.arrays["encoder/mu/bias"]))
    del checkpoint
    gc.collect()
    assert list(tmp_path.iterdir()) == []
