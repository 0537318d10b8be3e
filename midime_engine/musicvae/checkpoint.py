"""Weights on disk to arrays by their checkpoint names, from four containers.

* ours: one safetensors file, float16 or float32, its architecture as JSON in the header;
* Magenta.js: a folder with ``config.json``, ``weights_manifest.json`` and shards;
* Magenta: a TensorFlow checkpoint prefix (``model.ckpt`` beside ``model.ckpt.index``);
* Magenta: the same in a ``.tar``.

Nothing is unpickled and no archive is extracted by the names in it. Training leftovers (Adam
slots, counters) and the unused cuDNN copy that some Magenta.js folders carry are left out;
everything else is handed on, so that the network can insist on exactly its own variables.
"""

from __future__ import annotations

import glob
import json
import lzma
import math
import re
import shutil
import tarfile
import tempfile
import zlib
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from safetensors import SafetensorError, safe_open

from midime_engine.errors import CheckpointError
from midime_engine.musicvae.config import MusicVAEConfig
from midime_engine.musicvae.shapes import bars_in_name, config_from_shapes

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    Arrays = dict[str, npt.NDArray[np.float32]]

__all__ = ["Checkpoint", "own_config", "read_checkpoint", "write_checkpoint"]

FORMAT: Final = "midime-musicvae-1"

MAX_BYTES: Final = 4 * 1024**3
"""The largest published checkpoint, trio_16bar with optimiser slots, is about 2.8 GB."""

_LEFTOVERS: Final = re.compile(
    r"(^|/)(Adam(_\d+)?|beta[12]_power|global_step|opaque_kernel)$|(^|/)Adam/"
)
_MAX_MEMBERS: Final = 1000
"""Members of an archive that are looked at; Magenta's have two or three."""

_INDEX: Final = ".index"
_SHARD: Final = re.compile(r"\.data-\d{5}-of-\d{5}$")
_STORED_DTYPES: Final = {
    "float32": "<f4",
    "float16": "<f2",
    "uint8": "<u1",
    "uint16": "<u2",
    "int32": "<i4",  # counters only
}
_REMEDY: Final = "Fetch or export the checkpoint again, or choose another model."


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """An architecture and the weights for it."""

    config: MusicVAEConfig
    arrays: Arrays
    """Float32, by the names of Magenta's variables."""


def read_checkpoint(path: Path) -> Checkpoint:
    """Read a checkpoint of any of the four kinds.

    Args:
        path: a ``.safetensors`` file, a Magenta.js folder, a ``.tar`` or a TensorFlow prefix.

    Raises:
        CheckpointError: nothing readable is there, or it is no MusicVAE that we can run.
    """
    if path.is_dir():
        return _read_js(path)
    if path.suffix == ".safetensors":
        return _read_own(path)
    if path.suffix == ".tar":
        return _read_tar(path)
    if Path(f"{path}{_INDEX}").is_file():
        return _read_prefix(path, path.name)
    raise CheckpointError(
        f"There is no MusicVAE checkpoint at {path}.",
        remedy="Name a .safetensors file, a .tar, a TensorFlow checkpoint prefix or a "
        "Magenta.js folder.",
    )


def write_checkpoint(
    path: Path, config: MusicVAEConfig, arrays: Mapping[str, npt.NDArray[Any]], *, dtype: str
) -> None:
    """Write our own format; ``dtype`` is ``float16`` or ``float32``."""
    from safetensors.numpy import save_file

    tensors = {name: np.ascontiguousarray(array.astype(dtype)) for name, array in arrays.items()}
    fields = {name: getattr(config, name) for name in MusicVAEConfig.__dataclass_fields__}
    temporary = path.with_suffix(".partial")
    save_file(tensors, temporary, metadata={"format": FORMAT, "config": json.dumps(fields)})
    temporary.replace(path)


def own_config(path: Path) -> MusicVAEConfig:
    """The architecture in the header of one of our files; the weights are not read."""
    with _opened(path) as file:
        return _config_in(file, path)


def _opened(path: Path) -> Any:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CheckpointError(f"{path.name} is too large for a MusicVAE.", remedy=_REMEDY)
        return safe_open(path, framework="numpy")
    except (OSError, SafetensorError) as error:
        raise CheckpointError(
            f"{path.name} cannot be read as safetensors: {error}", remedy=_REMEDY
        ) from error


def _config_in(file: Any, path: Path) -> MusicVAEConfig:
    metadata = file.metadata() or {}
    if metadata.get("format") != FORMAT:
        raise CheckpointError(f"{path.name} holds no MusicVAE of ours.", remedy=_REMEDY)
    try:
        stored: dict[str, Any] = json.loads(metadata["config"])
        fields: dict[str, Any] = {
            key: tuple(v) if isinstance(v, list) else v for key, v in stored.items()
        }
        return MusicVAEConfig(**fields)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise CheckpointError(
            f"The description in {path.name} is damaged: {error}", remedy=_REMEDY
        ) from error


def _read_own(path: Path) -> Checkpoint:
    with _opened(path) as file:
        config = _config_in(file, path)
        try:
            names = list(file.keys())
            arrays = {name: file.get_tensor(name).astype(np.float32) for name in names}
        except (SafetensorError, TypeError, ValueError) as error:
            raise CheckpointError(f"{path.name} is damaged: {error}", remedy=_REMEDY) from error
    return Checkpoint(config, arrays)


def _read_js(folder: Path) -> Checkpoint:
    description = _json(folder / "config.json")
    manifest = _json(folder / "weights_manifest.json")
    try:
        arrays = _js_arrays(folder, manifest)
        converter = description["dataConverter"]
        arguments = converter.get("args") or {}
        n_steps, n_segments = arguments.get("numSteps"), arguments.get("numSegments") or 1
    except (KeyError, TypeError, ValueError, AttributeError, OSError) as error:
        raise CheckpointError(
            f"The Magenta.js checkpoint in {folder.name} is incomplete or damaged: {error}",
            remedy=_REMEDY,
        ) from error
    shapes = {name: array.shape for name, array in arrays.items()}
    config = config_from_shapes(shapes, name=folder.name, n_steps=n_steps, n_segments=n_segments)
    return Checkpoint(replace(config, none_bit_early=config.parts == ("drums",)), arrays)


def _js_arrays(folder: Path, manifest: Any) -> Arrays:
    """Tensors run on across the shards of their group, little endian, in the manifest's order."""
    arrays: Arrays = {}
    for group in manifest:
        shards = [folder / _plain_name(name) for name in group["paths"]]
        if sum(shard.stat().st_size for shard in shards) > MAX_BYTES:
            raise ValueError("the shards are too large for a MusicVAE")
        data = b"".join(shard.read_bytes() for shard in shards)
        at = 0
        for weight in group["weights"]:
            shape = tuple(int(size) for size in weight["shape"])
            quantization = weight.get("quantization")
            stored = quantization["dtype"] if quantization else weight["dtype"]
            dtype = np.dtype(_STORED_DTYPES[stored])
            count = math.prod(shape)
            if min(shape, default=1) < 1 or at + count * dtype.itemsize > len(data):
                raise ValueError(f"the shards do not hold {weight['name']} of shape {shape}")
            if weight["name"] in arrays:
                raise ValueError(f"{weight['name']} is listed twice")
            raw = np.frombuffer(data, dtype, count, at).reshape(shape)
            at += count * dtype.itemsize
            if _LEFTOVERS.search(weight["name"]):
                continue
            array = raw.astype(np.float32)
            if quantization and stored.startswith("uint"):
                # In double precision, as the peer does, then rounded once.
                scaled = raw.astype(np.float64) * quantization["scale"] + quantization["min"]
                array = scaled.astype(np.float32)
            arrays[weight["name"]] = array
        if at != len(data):
            raise ValueError(f"{len(data) - at} bytes of the shards belong to no tensor")
    return arrays


def _plain_name(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9._-]+", name) or name.startswith("."):
        raise ValueError(f"{name!r} is no plain file name")
    return name


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise CheckpointError(
            f"{path.parent.name} is no Magenta.js checkpoint: {path.name} cannot be read.",
            remedy=_REMEDY,
        ) from error


def _read_tar(path: Path) -> Checkpoint:
    """Copy the checkpoint's two kinds of files out under names of our own."""
    with tempfile.TemporaryDirectory() as folder:
        prefix = Path(folder) / "model"
        try:
            with tarfile.open(path) as archive:
                stem = _copy_members(archive, prefix)
        except (
            OSError,
            tarfile.TarError,
            EOFError,
            ValueError,
            zlib.error,
            lzma.LZMAError,
        ) as error:
            raise CheckpointError(
                f"{path.name} cannot be read as a tar archive: {error}", remedy=_REMEDY
            ) from error
        if stem is None:
            raise CheckpointError(f"{path.name} holds no TensorFlow checkpoint.", remedy=_REMEDY)
        # The archive may have been renamed; what is in it has kept the name that tells the length.
        inside = PurePosixPath(stem).name
        return _read_prefix(prefix, inside if bars_in_name(inside) else path.name)


def _copy_members(archive: tarfile.TarFile, prefix: Path) -> str | None:
    """Copy the first index and its shards; the name that they share, None if there is none."""
    files = [member for member in islice(archive, _MAX_MEMBERS) if member.isfile()]
    index = next((member for member in files if member.name.endswith(_INDEX)), None)
    if index is None:
        return None
    stem = index.name.removesuffix(_INDEX)
    wanted = {index.name: index}
    for member in files:
        if member.name.startswith(stem) and _SHARD.fullmatch(member.name.removeprefix(stem)):
            wanted[member.name] = member
    if sum(member.size for member in wanted.values()) > MAX_BYTES:
        raise ValueError("its files are too large for a MusicVAE")
    for member in wanted.values():
        source = archive.extractfile(member)
        if source is None:
            return None
        with source, Path(f"{prefix}{member.name.removeprefix(stem)}").open("wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
    return stem


def _read_prefix(prefix: Path, name: str) -> Checkpoint:
    import tensorflow as tf

    try:
        reader = tf.train.load_checkpoint(str(prefix))
        shapes = {
            key: tuple(shape)
            for key, shape in reader.get_variable_to_shape_map().items()
            if not _LEFTOVERS.search(key)
        }
        _require_plausible(prefix, shapes)
        arrays = {key: np.asarray(reader.get_tensor(key), np.float32) for key in shapes}
    # TensorFlow's reader answers missing bytes with an IndexError.
    except (OSError, tf.errors.OpError, ValueError, TypeError, LookupError, RuntimeError) as error:
        raise CheckpointError(
            f"{name} cannot be read as a TensorFlow checkpoint.", remedy=_REMEDY
        ) from error
    return Checkpoint(config_from_shapes(shapes, name=Path(name).stem), arrays)


def _require_plausible(prefix: Path, shapes: Mapping[str, tuple[int, ...]]) -> None:
    """Refuse an index that promises more numbers than there are bytes, before room is made."""
    shards = prefix.parent.glob(f"{glob.escape(prefix.name)}.data-*")
    n_bytes = sum(path.stat().st_size for path in shards)
    if n_bytes > MAX_BYTES or sum(math.prod(shape) for shape in shapes.values()) > n_bytes:
        raise ValueError("the index and the data do not belong together")
