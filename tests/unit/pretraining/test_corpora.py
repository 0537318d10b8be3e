from __future__ import annotations

import os
import zipfile
from typing import TYPE_CHECKING

import pytest

from midime_engine.errors import MidiReadError, TrainingError
from midime_engine.music.limits import MAX_FILE_BYTES
from midime_engine.pretraining.corpora import CorpusFile, list_files, read_file

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("b.MID", "a/c.midi", "notes.txt", "a/a.mid")
LISTED = ["a/a.mid", "a/c.midi", "b.MID"]


def archive(folder: Path, **files: bytes) -> Path:
    """A zip with these files."""
    path = folder / "corpus.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return path


def test_files_of_an_archive_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    """MIDI files only, whatever the case of their ending."""
    path = archive(tmp_path, **{name: name.encode() for name in NAMES})
    files = list_files(path)
    assert [file.name for file in files] == LISTED
    assert {file.corpus for file in files} == {"corpus"}
    assert [read_file(file) for file in files] == [name.encode() for name in LISTED]


def test_a_folder_is_a_corpus_too(tmp_path: Path) -> None:
    """With its folders below, under the same names as in an archive."""
    root = tmp_path / "my.songs"
    for name in NAMES:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(name.encode())
    files = list_files(root)
    assert [file.name for file in files] == LISTED
    assert {file.corpus for file in files} == {"my.songs"}
    assert [read_file(file) for file in files] == [name.encode() for name in LISTED]


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    """A missing file and one of another kind."""
    text = tmp_path / "corpus.zip"
    text.write_text("no zip")
    for path in (text, tmp_path / "gone.zip"):
        with pytest.raises(TrainingError, match="zip"):
            list_files(path)


def test_files_over_the_limit_are_not_read_to_their_end(tmp_path: Path) -> None:
    """However small they are when packed."""
    path = archive(tmp_path, **{"bomb.mid": bytes(MAX_FILE_BYTES + 1)})
    assert path.stat().st_size < 20_000
    with pytest.raises(MidiReadError, match="more than"):
        read_file(list_files(path)[0])


def test_a_damaged_member_is_refused(tmp_path: Path) -> None:
    """A sentence for this file; the others stay readable."""
    path = archive(tmp_path, **{"a.mid": b"first song " * 50, "b.mid": b"second song " * 50})
    data = bytearray(path.read_bytes())
    data[38] ^= 0xFF
    path.write_bytes(data)
    first, second = list_files(path)
    with pytest.raises(MidiReadError):
        read_file(first)
    assert read_file(second) == b"second song " * 50


def test_a_locked_member_is_refused(tmp_path: Path) -> None:
    """Nobody here knows its password."""
    path = archive(tmp_path, **{"a.mid": b"song"})
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[at + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(MidiReadError, match="encrypted"):
        read_file(list_files(path)[0])


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    """Neither are pipes waited for."""
    secret = tmp_path / "secret"
    secret.write_text("password")
    root = tmp_path / "songs"
    root.mkdir()
    (root / "link.mid").symlink_to(secret)
    os.mkfifo(root / "pipe.mid")
    for file in list_files(root):
        with pytest.raises(MidiReadError, match="no regular file"):
            read_file(file)


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    """From a folder, from an archive, with its archive."""
    path = archive(tmp_path, **{"a.mid": b"song"})
    for container in (tmp_path, path, tmp_path / "gone.zip"):
        with pytest.raises(MidiReadError):
            read_file(CorpusFile("corpus", str(container), "gone.mid"))
