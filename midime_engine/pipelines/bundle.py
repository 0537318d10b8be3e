"""A take as one file that plays it again: a zip with the music, the MidiMe and ``params.json``.

``params.json`` says which base model it was (with the SHA-256 of its weights), where the sliders
and nudges stood, seed and temperature, tempo and instruments, and the versions of what computed
it. Where rules acted on the take, ``rules.safetensors`` lies beside it. Together with
``midime.safetensors`` that is enough to make ``variation.mid`` again, byte for byte. Names and
digests of the songs are in it only if their owner wants that.

A bundle may come from anybody. Nothing of it is unpacked to a disk; members are looked up by name,
and each is read up to a limit, whatever it promises.
"""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
import zlib
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from midime_engine.constraints.persistence import MAX_FILE_BYTES as MAX_RULES_BYTES
from midime_engine.errors import MidimeError, MidiMeFileError
from midime_engine.midime.persistence import MAX_FILE_BYTES as MAX_MIDIME_BYTES
from midime_engine.music.limits import MAX_FILE_BYTES as MAX_MIDI_BYTES
from midime_engine.music.playback import Playback
from midime_engine.pipelines.provenance import Provenance
from midime_engine.pipelines.report import versions
from midime_engine.pipelines.take import Take

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "MAX_BYTES",
    "MIDI",
    "MIDIME",
    "PARAMS",
    "RULES",
    "Bundle",
    "Params",
    "RulesTaken",
    "pack",
    "unpack",
    "unpack_params",
    "without_songs",
]

PARAMS: Final = "params.json"
MIDIME: Final = "midime.safetensors"
MIDI: Final = "variation.mid"
RULES: Final = "rules.safetensors"
_README: Final = "README.txt"

MAX_BYTES: Final = 256_000_000
"""Of a bundle. The largest MidiMe has 34 MB; the rest is room for a long piece as WAV."""

_MAX_PARAMS_BYTES: Final = 1_000_000
"""Of ``params.json``: five hundred nudges take a hundredth of it."""

_MAX_MEMBERS: Final = 64
"""We write eight at most."""

_DIRECTORY_ENTRY: Final = b"PK\x01\x02"
_MAX_ENTRIES: Final = 1000
"""Counted in the bytes before zipfile makes an object of each: a small file may list millions.
Chance puts the mark of an entry into music about once in four gigabytes."""

_MAX_NAME: Final = 120
_FORMAT: Final = 1
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can say, for all members: the same take gives the same bytes."""

_UNPACKED_ALREADY: Final = (".safetensors", ".mp3")
"""What does not get smaller by packing."""

_HOW: Final = """\
This is music made by MidiMe, and everything that is needed to make it again.

  {midi}       the notes, for any music program
  {midime}  the MidiMe: open it in the library of the app, or with `midime sample`
  {params}         base model, sliders, seed, temperature and versions

With MidiMe installed:

  midime reproduce THIS.zip --out again

writes the same notes and says whether they are the same byte for byte.
"""


@dataclass(frozen=True, slots=True)
class RulesTaken:
    """The rules that acted on a take."""

    data: bytes
    """A file of :mod:`midime_engine.pipelines.ruled`."""

    wishes: tuple[str, ...]
    """What was asked of it, as one types it."""

    strength: float


@dataclass(frozen=True, slots=True)
class Params:
    """What ``params.json`` says."""

    model: str
    """Name of the MusicVAE underneath."""

    model_sha256: str
    """Of its weights, see :func:`midime_engine.musicvae.digest.digest_of`."""

    midime_sha256: str
    midi_sha256: str
    take: Take
    playback: Playback
    versions: Mapping[str, str]
    """Of Python and the libraries that computed it, by name."""

    rules: Mapping[str, Any] | None = None
    """``sha256``, ``wishes`` and ``strength`` of the rules that acted on it."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a bundle holds, checked."""

    params: Params
    midime: bytes
    """A file of :mod:`midime_engine.midime.persistence`."""

    midi: bytes | None
    """The music, if it is there."""

    rules: RulesTaken | None = None
    """None where none acted on it."""


def pack(
    *,
    midime: bytes,
    midi: bytes,
    take: Take,
    playback: Playback,
    model_sha256: str,
    rules: RulesTaken | None = None,
    extras: Mapping[str, bytes] | None = None,
    with_songs: bool = False,
) -> bytes:
    """Put a take into a zip; the same arguments give the same bytes.

    Args:
        midime: The MidiMe as its file.
        midi: What was played.
        take: Where it was played.
        playback: Tempo, metre and instruments that it was played with.
        model_sha256: Digest of the weights of the base model.
        rules: What acted on it.
        extras: Other forms of the same music, by file name.
        with_songs: Say which songs the MidiMe has learnt from. Otherwise their names and digests
            are taken out of the MidiMe as well.

    Raises:
        MidiMeFileError: ``midime`` is none, or does not say what it was made for.
        ValueError: An extra has a name that a reader would refuse.
    """
    from midime_engine.midime import persistence

    midime = midime if with_songs else without_songs(midime)
    trained, metadata = persistence.from_bytes(midime)
    provenance = Provenance.from_json(metadata)
    described = {
        "format": _FORMAT,
        "model": {
            "name": provenance.model,
            "parts": list(provenance.parts),
            "sha256": model_sha256,
        },
        "midime": {
            "file": MIDIME,
            "sha256": _sha256(midime),
            "settings": asdict(trained.config),
        },
        "midi": {"file": MIDI, "sha256": _sha256(midi)},
        **take.to_json(),
        "playback": asdict(playback),
        "versions": versions(),
    }
    if rules is not None:
        described["rules"] = {
            "file": RULES,
            "sha256": _sha256(rules.data),
            "wishes": list(rules.wishes),
            "strength": rules.strength,
        }
    if with_songs:
        described["songs"] = [
            {"name": name, "sha256": digest}
            for name, digest in zip(provenance.songs, provenance.sha256, strict=False)
        ]
    text = json.dumps(described, indent=2, ensure_ascii=False) + "\n"
    members = {
        _README: _HOW.format(midi=MIDI, midime=MIDIME, params=PARAMS).encode(),
        PARAMS: text.encode(),
        MIDI: midi,
        MIDIME: midime,
        **({} if rules is None else {RULES: rules.data}),
    }
    for name, data in (extras or {}).items():
        if not _is_plain(name) or name in members:
            raise ValueError(f"{name!r} is no name for a file of a bundle.")
        members[name] = data
    return _zip(members)


def without_songs(midime: bytes) -> bytes:
    """The same MidiMe, weight by weight, saying nothing of the songs it has learnt from.

    Raises:
        MidiMeFileError: It is none.
    """
    from midime_engine.midime import persistence

    trained, metadata = persistence.from_bytes(midime)
    known = Provenance.from_json(metadata)
    # What somebody has called a MidiMe is as a rule the name of its song.
    parents = tuple(replace(parent, name="") for parent in known.parents)
    provenance = replace(known, songs=(), sha256=(), parents=parents)
    return persistence.to_bytes(trained, provenance.to_json())


def unpack(data: bytes) -> Bundle:
    """Read what :func:`pack` wrote.

    Raises:
        MidiMeFileError: The bytes are no bundle, damaged, or over a limit.
    """
    if len(data) > MAX_BYTES:
        raise _damaged(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    if data.count(_DIRECTORY_ENTRY) > _MAX_ENTRIES:
        raise _damaged("it has too many files")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = _members(archive)
            text = _read(archive, members, PARAMS, _MAX_PARAMS_BYTES)
            midime = _read(archive, members, MIDIME, MAX_MIDIME_BYTES)
            midi = _read(archive, members, MIDI, MAX_MIDI_BYTES) if MIDI in members else None
            rules = _read(archive, members, RULES, MAX_RULES_BYTES) if RULES in members else None
    except _BROKEN as error:
        raise _damaged(f"the zip cannot be read ({type(error).__name__})") from error
    return unpack_params(text, midime=midime, midi=midi, rules=rules)


def unpack_params(
    text: bytes, *, midime: bytes, midi: bytes | None, rules: bytes | None = None
) -> Bundle:
    """A bundle from its parts: ``params.json``, and what lies beside it.

    Raises:
        MidiMeFileError: ``text`` is not what :func:`pack` writes, or belongs to another MidiMe.
    """
    params = _params(text)
    if params.midime_sha256 != _sha256(midime):
        raise _damaged(f"{MIDIME} is not the one that {PARAMS} belongs to")
    return Bundle(params, midime, midi, _rules(params, rules))


_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,  # a date, a name or a size that makes no sense
    RuntimeError,  # a member that wants a password
    NotImplementedError,  # packed in a way that needs more than zlib
    OverflowError,
)
"""What zipfile raises for bytes that are no zip, or a broken or unusual one."""


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The members by name, none of which leads anywhere else or stands for two."""
    infos = archive.infolist()
    if len(infos) > _MAX_MEMBERS:
        raise _damaged(f"it has {len(infos):,} files; a bundle has a handful")
    for info in infos:
        # What zipfile makes of a name may hide what another program would make of it.
        if not (_is_plain(info.orig_filename) and _is_plain(info.filename)):
            raise _damaged(f"a file in it is called {info.orig_filename[:40]!r}")
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise _damaged(f"{info.filename} is packed in an unusual way")
    members = {info.filename: info for info in infos}
    if len(members) < len(infos):
        raise _damaged("two files in it have the same name")
    return members


def _is_plain(name: str) -> bool:
    """Whether ``name`` is that of a file beside the others, on every system."""
    is_short = 0 < len(name) <= _MAX_NAME
    return is_short and name.isprintable() and name[0] != "." and not set(name) & set('/\\:*?"<>|')


def _read(
    archive: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo], name: str, most: int
) -> bytes:
    if name not in members:
        raise _damaged(f"{name} is missing")
    with archive.open(members[name]) as file:
        # The size that a zip states is a promise; what is read is what counts.
        data = file.read(most + 1)
    if len(data) > most:
        raise _damaged(f"{name} is larger than {most / 1e6:.0f} MB")
    return data


def _params(text: bytes) -> Params:
    if len(text) > _MAX_PARAMS_BYTES:
        raise _damaged(f"{PARAMS} is larger than {_MAX_PARAMS_BYTES / 1e6:.0f} MB")
    try:
        stored = json.loads(text)
        _require_format(stored["format"])
        return Params(
            model=_text(stored["model"]["name"]),
            model_sha256=_text(stored["model"]["sha256"]),
            midime_sha256=_text(stored["midime"]["sha256"]),
            midi_sha256=_text(stored["midi"]["sha256"]),
            take=Take.from_json(stored),
            playback=_playback(stored["playback"]),
            versions={_text(k): _text(v) for k, v in dict(stored.get("versions", {})).items()},
            rules=_described_rules(stored.get("rules")),
        )
    except MidiMeFileError:
        raise
    except MidimeError as error:
        raise _damaged(str(error)) from error
    # A UnicodeDecodeError is a ValueError; a whole number too large for a float overflows.
    except (
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        RecursionError,
        OverflowError,
    ) as error:
        raise _damaged(f"{PARAMS} does not say what it should ({str(error)[:80]})") from error


def _rules(params: Params, data: bytes | None) -> RulesTaken | None:
    if params.rules is None:
        return None
    if data is None or params.rules["sha256"] != _sha256(data):
        raise _damaged(f"{RULES} is missing, or not the one that {PARAMS} belongs to")
    return RulesTaken(data, tuple(params.rules["wishes"]), params.rules["strength"])


def _described_rules(stored: object) -> dict[str, Any] | None:
    if not isinstance(stored, dict):
        return None
    strength = float(stored["strength"])
    if not 0 <= strength <= 1:
        raise ValueError("the strength of its rules is not from 0 to 1")
    wishes = [_text(wish) for wish in stored["wishes"]]
    return {"sha256": _text(stored["sha256"]), "wishes": wishes, "strength": strength}


def _require_format(found: object) -> None:
    if found != _FORMAT:
        raise MidiMeFileError(
            f"This bundle is of format {str(found)[:20]!r}; this program reads format {_FORMAT}.",
            remedy="Update the program.",
        )


def _playback(stored: Mapping[str, Any]) -> Playback:
    n_steps = stored["n_steps"]
    return Playback(
        qpm=float(stored["qpm"]),
        numerator=_whole(stored["numerator"]),
        denominator=_whole(stored["denominator"]),
        n_steps=None if n_steps is None else _whole(n_steps),
        programs=tuple(_whole(program) for program in stored["programs"]),
        velocities=tuple(_whole(velocity) for velocity in stored["velocities"]),
    )


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{str(value)[:40]!r} is no whole number")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{str(value)[:40]!r} is no text")
    return value


def _zip(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.external_attr = 0o644 << 16
            is_packed = name.endswith(_UNPACKED_ALREADY)
            info.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _damaged(reason: str) -> MidiMeFileError:
    return MidiMeFileError(
        f"This is no bundle that can be read: {reason}.",
        remedy="Download it again from the page for exploring (Take it home, Everything).",
    )
