"""Weights on disk to arrays by their checkpoint names, from four containers.

* ours: one safetensors file, float16 or float32, its architecture as JSON in the header;
* Magenta.js: a folder with ``config.json``, ``weights_manifest.json`` and shards;
* Magenta: a TensorFlow checkpoint prefix (``model.ckpt`` beside ``model.ckpt.index``);
* Magenta: the same in a ``.tar``.

Opening one reads what it is; its arrays are read one by one when they are taken. Nothing is
unpickled and no archive is extracted by the names in it. Training leftovers (Adam
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
import weakref
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
from midime_engine.musicvae.stored import StoredArrays

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    Array = npt.NDArray[np.float32]

__all__ = ["Checkpoint", "open_checkpoint", "own_config", "read_checkpoint", "write_checkpoint"]

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
    arrays: Mapping[str, Array]
    """Float32, by the names of Magenta's variables."""


def read_checkpoint(path: Path) -> Checkpoint:
    """Read a checkpoint of any of the four kinds into memory; see :func:`open_checkpoint`."""
    checkpoint = open_checkpoint(path)
    return replace(checkpoint, arrays=dict(checkpoint.arrays))


def open_checkpoint(path: Path) -> Checkpoint:
    """Open a checkpoint of any of the four kinds; its arrays wait on the disk.

    Args:
        path: a ``.safetensors`` file, a Magenta.js folder, a ``.tar`` or a TensorFlow prefix.

    Raises:
        CheckpointError: nothing readable is there, or it is no MusicVAE that we can run; damage
            inside an array is found when that is taken.
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
        places = _js_places(folder, manifest)
        converter = description["dataConverter"]
        arguments = converter.get("args") or {}
        n_steps, n_segments = arguments.get("numSteps"), arguments.get("numSegments") or 1
    except (KeyError, TypeError, ValueError, AttributeError, OSError) as error:
        raise _js_damage(folder, error) from error

    def read(name: str) -> Array:
        try:
            return places[name].read()
        except (KeyError, TypeError, ValueError, OSError) as error:
            raise _js_damage(folder, error) from error

    shapes = {name: place.shape for name, place in places.items()}
    config = config_from_shapes(shapes, name=folder.name, n_steps=n_steps, n_segments=n_segments)
    config = replace(config, none_bit_early=config.parts == ("drums",))
    return Checkpoint(config, StoredArrays(shapes, read))


def _js_damage(folder: Path, error: Exception) -> CheckpointError:
    return CheckpointError(
        f"The Magenta.js checkpoint in {folder.name} is incomplete or damaged: {error}",
        remedy=_REMEDY,
    )


@dataclass(frozen=True, slots=True)
class _JsPlace:
    """Where the bytes of a tensor are: they run on across the shards of its group."""

    shards: tuple[tuple[Path, int], ...]
    """Files and their sizes."""

    at: int
    """Offset of the first byte in all shards together; little endian."""

    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    scale: float | None
    """None where the numbers are stored as they are."""

    minimum: float

    def read(self) -> Array:
        """The numbers, float32."""
        start, pieces = self.at, []
        stop = start + math.prod(self.shape) * self.dtype.itemsize
        for path, size in self.shards:
            wanted = min(stop, size) - start
            if wanted > 0:
                with path.open("rb") as file:
                    file.seek(start)
                    piece = file.read(wanted)
                if len(piece) < wanted:
                    raise ValueError(f"{path.name} has become shorter")
                pieces.append(piece)
            # From here on counted from the beginning of the next shard.
            start, stop = max(0, start - size), stop - size
        raw = np.frombuffer(b"".join(pieces), self.dtype).reshape(self.shape)
        if self.scale is None:
            return raw.astype(np.float32)
        # In double precision, as the peer does, then rounded once.
        return (raw.astype(np.float64) * self.scale + self.minimum).astype(np.float32)


def _js_places(folder: Path, manifest: Any) -> dict[str, _JsPlace]:
    """Where each tensor is, by the manifest and the sizes of the shards; leftovers left out."""
    places: dict[str, _JsPlace] = {}
    for group in manifest:
        paths = [folder / _plain_name(name) for name in group["paths"]]
        shards = tuple((path, path.stat().st_size) for path in paths)
        n_bytes = sum(size for _, size in shards)
        if n_bytes > MAX_BYTES:
            raise ValueError("the shards are too large for a MusicVAE")
        at = 0
        for weight in group["weights"]:
            name = weight["name"]
            shape = tuple(int(size) for size in weight["shape"])
            quantization = weight.get("quantization")
            stored = quantization["dtype"] if quantization else weight["dtype"]
            dtype = np.dtype(_STORED_DTYPES[stored])
            scale, minimum = None, 0.0
            if quantization and stored.startswith("uint"):
                scale, minimum = float(quantization["scale"]), float(quantization["min"])
            size = math.prod(shape) * dtype.itemsize
            if min(shape, default=1) < 1 or at + size > n_bytes:
                raise ValueError(f"the shards do not hold {name} of shape {shape}")
            if name in places:
                raise ValueError(f"{name} is listed twice")
            places[name] = _JsPlace(shards, at, shape, dtype, scale, minimum)
            at += size
        if at != n_bytes:
            raise ValueError(f"{n_bytes - at} bytes of the shards belong to no tensor")
    return {name: place for name, place in places.items() if not _LEFTOVERS.search(name)}


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
    folder = tempfile.mkdtemp(prefix="midime-")
    try:
        checkpoint = _read_copied(path, Path(folder) / "model")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    # The arrays are read from the copies; when nobody can ask for them any more, these go.
    weakref.finalize(checkpoint.arrays, shutil.rmtree, folder, ignore_errors=True)
    return checkpoint


def _read_copied(path: Path, prefix: Path) -> Checkpoint:
    try:
        with tarfile.open(path) as archive:
            stem = _copy_members(archive, prefix)
    except (OSError, tarfile.TarError, EOFError, ValueError, zlib.error, lzma.LZMAError) as error:
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

    # TensorFlow's reader answers missing bytes with an IndexError.
    failures = (OSError, tf.errors.OpError, ValueError, TypeError, LookupError, RuntimeError)
    try:
        reader = tf.train.load_checkpoint(str(prefix))
        shapes = {
            key: tuple(shape)
            for key, shape in reader.get_variable_to_shape_map().items()
            if not _LEFTOVERS.search(key)
        }
        _require_plausible(prefix, shapes)
    except failures as error:
        raise _tf_damage(name) from error

    def read(key: str) -> Array:
        try:
            return np.asarray(reader.get_tensor(key), np.float32)
        except failures as error:
            raise _tf_damage(name) from error

    config = config_from_shapes(shapes, name=Path(name).stem)
    return Checkpoint(config, StoredArrays(shapes, read))


def _tf_damage(name: str) -> CheckpointError:
    return CheckpointError(f"{name} cannot be read as a TensorFlow checkpoint.", remedy=_REMEDY)


def _require_plausible(prefix: Path, shapes: Mapping[str, tuple[int, ...]]) -> None:
    """Refuse an index that promises more numbers than there are bytes, before room is made."""
    shards = prefix.parent.glob(f"{glob.escape(prefix.name)}.data-*")
    n_bytes = sum(path.stat().st_size for path in shards)
    if n_bytes > MAX_BYTES or sum(math.prod(shape) for shape in shapes.values()) > n_bytes:
        raise ValueError("the index and the data do not belong together")
