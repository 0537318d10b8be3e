"""A trained MidiMe as a file: safetensors, with everything else as JSON in its header.

The layout, version 1: the variables of ``MidiMeConfig.variable_shapes`` as float32 tensors; in
the header's ``__metadata__`` one key, ``midime``, whose value is a JSON object with ``version``
(1), ``config`` (every field of :class:`MidiMeConfig`) and ``about`` (every field of
:class:`Metadata`). One key, because the library writes several in random order. Nothing is ever
unpickled.

A file may come from anyone. Size, header, config, names, shapes and values are checked before
they are believed, and whatever is wrong with them ends in a :class:`MidiMeFileError`. The moments
of the optimizer are not kept: they would triple the file, and training goes on well without.
"""

from __future__ import annotations

import json
import math
import os
import tempfile
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from midime_engine.errors import CheckpointMismatchError, MidiMeFileError, OptionError
from midime_engine.midime.config import MAX_EPOCHS, MAX_PARAMETERS, MidiMeConfig
from midime_engine.midime.model import MidiMe
from midime_engine.midime.training import TrainingStep

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["MAX_FILE_BYTES", "Metadata", "from_bytes", "load", "save", "to_bytes"]

_MAX_HEADER_BYTES: Final = 2 * 1024 * 1024  # 10,000 epochs of losses take one megabyte.

MAX_FILE_BYTES: Final = 4 * MAX_PARAMETERS + _MAX_HEADER_BYTES
"""The largest network that can be configured, float32, and its header: 34 MB."""

_MARK: Final = "midime"
_VERSION: Final = 1
_MAX_TEXT: Final = 300  # Characters of a name; file systems stop at 255.
_MAX_SONGS: Final = 1000
_LENGTH_BYTES: Final = 8  # Little-endian size of the header, by the safetensors format.


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a saved MidiMe says about itself besides its config."""

    base_model: str = ""
    """Name of the MusicVAE whose ``z`` it was trained on."""

    songs: tuple[str, ...] = ()
    """Names of the songs, as the user knows them; each is cut at 300 characters in the file."""

    losses: tuple[TrainingStep, ...] = ()
    """The loss curve."""

    latent_mean: tuple[float, ...] = ()
    """Mean of the song's chunks along each slider; empty if unknown."""

    latent_std: tuple[float, ...] = ()
    """Their standard deviation along each slider; empty if unknown."""


def to_bytes(midime: MidiMe, metadata: Metadata | None = None) -> bytes:
    """Write a MidiMe; the same model and metadata give the same bytes."""
    from safetensors.numpy import save as save_tensors

    about = asdict(metadata or Metadata())
    about["losses"] = [list(loss.values()) for loss in about["losses"]]
    about["songs"] = [song[:_MAX_TEXT] for song in about["songs"]]
    described = {"version": _VERSION, "config": asdict(midime.config), "about": about}
    header = {_MARK: json.dumps(described, allow_nan=False)}
    return bytes(save_tensors(dict(midime.weights), metadata=header))


def from_bytes(data: bytes) -> tuple[MidiMe, Metadata]:
    """Read what :func:`to_bytes` wrote.

    Raises:
        MidiMeFileError: If the bytes are anything else.
    """
    try:
        return _read(data)
    except MidiMeFileError:
        raise
    except (OptionError, CheckpointMismatchError) as error:
        raise _damaged(str(error)) from error


def save(midime: MidiMe, path: Path, metadata: Metadata | None = None) -> None:
    """Write a MidiMe to ``path``; a reader never meets half a file."""
    data = to_bytes(midime, metadata)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        part.chmod(0o644)  # mkstemp makes files that only their owner can read.
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def load(path: Path) -> tuple[MidiMe, Metadata]:
    """Read a MidiMe from ``path``.

    Raises:
        MidiMeFileError: If there is no such file or it holds no MidiMe.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise MidiMeFileError(
            f"{path.name} cannot be opened: {error.strerror or error}.",
            remedy="Check the path of the saved MidiMe (its name ends in .safetensors).",
        ) from error
    return from_bytes(data)


def _read(data: bytes) -> tuple[MidiMe, Metadata]:
    if len(data) > MAX_FILE_BYTES:
        raise _damaged(f"it is larger than {MAX_FILE_BYTES // 1_000_000} MB")
    header = _header(data)
    labels = header.get("__metadata__")
    if not isinstance(labels, dict) or _MARK not in labels:
        raise _damaged("it is not marked as a MidiMe")
    described = _json(labels[_MARK], "its description")
    if described.get("version") != _VERSION:
        raise MidiMeFileError(
            f"This MidiMe is of file version {str(described.get('version'))[:20]!r}; "
            f"this program reads version {_VERSION}.",
            remedy="Update the program, or train the MidiMe again.",
        )
    config = _config(described.get("config"))
    metadata = _metadata(described.get("about"), config)
    return MidiMe.from_weights(config, _tensors(data, header, config)), metadata


def _header(data: bytes) -> dict[str, Any]:
    length = int.from_bytes(data[:_LENGTH_BYTES], "little")
    if len(data) <= _LENGTH_BYTES or length > min(_MAX_HEADER_BYTES, len(data) - _LENGTH_BYTES):
        raise _damaged("it is no safetensors file, or its end is missing")
    return _json(data[_LENGTH_BYTES : _LENGTH_BYTES + length], "its header")


def _json(text: object, what: str) -> dict[str, Any]:
    """Parse an object strictly: no NaN, no deep nesting, no other type."""
    if not isinstance(text, (str, bytes)):
        raise _damaged(f"{what} is missing")
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:  # UnicodeDecodeError is a ValueError.
        raise _damaged(f"{what} is not valid JSON") from error
    if not isinstance(value, dict):
        raise _damaged(f"{what} is not a JSON object")
    return value


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _config(found: object) -> MidiMeConfig:
    names = {field.name for field in fields(MidiMeConfig)}
    if not isinstance(found, dict) or found.keys() != names:
        raise _damaged(f"its config has not exactly the fields {', '.join(sorted(names))}")
    return MidiMeConfig(**found)


def _metadata(found: object, config: MidiMeConfig) -> Metadata:
    names = {field.name for field in fields(Metadata)}
    if not isinstance(found, dict) or found.keys() != names:
        raise _damaged(f"its notes have not exactly the fields {', '.join(sorted(names))}")
    songs = _list(found["songs"], _MAX_SONGS, "songs")
    losses = _list(found["losses"], MAX_EPOCHS, "losses")
    return Metadata(
        base_model=_text(found["base_model"]),
        songs=tuple(_text(song) for song in songs),
        losses=tuple(_step(values) for values in losses),
        latent_mean=_per_slider(found["latent_mean"], config),
        latent_std=_per_slider(found["latent_std"], config),
    )


def _step(values: object) -> TrainingStep:
    numbers = [_number(value) for value in _list(values, len(fields(TrainingStep)), "a loss")]
    if len(numbers) != len(fields(TrainingStep)):
        raise _damaged("a loss has not its four numbers")
    epoch, total, reconstruction, kl = numbers
    return TrainingStep(int(epoch), total, reconstruction, kl)


def _per_slider(values: object, config: MidiMeConfig) -> tuple[float, ...]:
    numbers = tuple(_number(value) for value in _list(values, config.latent_size, "sliders"))
    if numbers and len(numbers) != config.latent_size:
        raise _damaged("its statistics do not fit its number of sliders")
    return numbers


def _list(value: object, longest: int, what: str) -> list[Any]:
    if not isinstance(value, list) or len(value) > longest:
        raise _damaged(f"its list of {what} is missing or too long")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _MAX_TEXT:
        raise _damaged(f"a name in it is no text of at most {_MAX_TEXT} characters")
    return value


def _number(value: object) -> float:
    # A JSON integer may be too long for a float, and 1e999 is read as infinity.
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _damaged("a number in its notes is none")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise _damaged("a number in its notes is not finite")
    return number


def _tensors(
    data: bytes, header: dict[str, Any], config: MidiMeConfig
) -> dict[str, npt.NDArray[np.float32]]:
    """The arrays, read only after the header has promised exactly those of ``config``."""
    from safetensors import SafetensorError
    from safetensors.numpy import load as load_tensors

    promised = {
        name: (entry.get("dtype"), entry.get("shape")) if isinstance(entry, dict) else None
        for name, entry in header.items()
        if name != "__metadata__"
    }
    expected = {name: ("F32", list(shape)) for name, shape in config.variable_shapes.items()}
    if promised != expected:
        wrong = sorted(
            name
            for name in promised.keys() | expected.keys()
            if promised.get(name) != expected.get(name)
        )
        shown = ", ".join(name[:60] for name in wrong[:5])
        raise _damaged(f"{len(wrong)} variables are missing, unexpected or misshapen: {shown}")
    try:
        return dict(load_tensors(data))
    except (SafetensorError, ValueError, KeyError, TypeError) as error:
        raise _damaged("its tensors cannot be read") from error


def _damaged(reason: str) -> MidiMeFileError:
    return MidiMeFileError(
        f"This is not a MidiMe that can be read: {reason}.",
        remedy="Choose a .safetensors file saved by MidiMe, or train again and save it anew.",
    )
