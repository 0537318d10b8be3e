"""Whether what came is a whole checkpoint, as far as can be told without reading its numbers."""

from __future__ import annotations

import json
import lzma
import math
import re
import tarfile
import zlib
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["require_description", "require_tar", "shards"]

_MAX_MEMBERS: Final = 1000
_MAX_SHARDS: Final = 1000
"""trio_16bar, the largest, has about 400."""

_DATA: Final = re.compile(r"\.data-\d{5}-of-\d{5}$")
_ITEM_BYTES: Final = {
    "float32": 4,
    "int32": 4,
    "float16": 2,
    "uint16": 2,
    "uint8": 1,
    "bool": 1,
}


def require_tar(path: Path) -> None:
    """Raise ValueError unless ``path`` is a tar, complete, with a TensorFlow checkpoint in it."""
    try:
        with tarfile.open(path) as archive:
            names = [member.name for member in islice(archive, _MAX_MEMBERS) if member.isfile()]
    except (OSError, tarfile.TarError, EOFError, ValueError, zlib.error, lzma.LZMAError) as error:
        raise ValueError(f"it is no complete tar archive ({error})") from error
    stems = {name.removesuffix(".index") for name in names if name.endswith(".index")}
    if not any(_DATA.sub("", name) in stems for name in names if _DATA.search(name)):
        raise ValueError("it holds no TensorFlow checkpoint")


def require_description(path: Path) -> None:
    """Raise ValueError unless ``path`` is the ``config.json`` of a MusicVAE."""
    description = _json(path)
    if not isinstance(description, dict) or description.get("type") != "MusicVAE":
        raise ValueError("its config.json describes no MusicVAE")


def shards(manifest: Path) -> tuple[tuple[str, ...], int]:
    """Names of the files with the weights, and the bytes that they have together.

    Raises:
        ValueError: it is no manifest of Magenta.js, or names files that it must not name.
    """
    names: list[str] = []
    n_bytes = 0
    try:
        for group in _json(manifest):
            names += [str(name) for name in group["paths"]]
            for weight in group["weights"]:
                stored = (weight.get("quantization") or weight)["dtype"]
                sizes = [int(size) for size in weight["shape"]]
                if min(sizes, default=1) < 1:
                    raise ValueError(f"{weight['name']} has the shape {sizes}")
                n_bytes += math.prod(sizes) * _ITEM_BYTES[stored]
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"its weights_manifest.json is none ({error!r})") from error
    plain = all(re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]*", name) for name in names)
    reserved = any(name.endswith((".json", ".part")) for name in names)
    if not names or len(names) > _MAX_SHARDS or len(set(names)) != len(names) or not plain:
        raise ValueError("its weights_manifest.json does not name its files properly")
    if reserved:
        raise ValueError("its weights_manifest.json names files that cannot be weights")
    return tuple(names), n_bytes


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"its {path.name} cannot be read") from error
