from __future__ import annotations

import dataclasses
import errno
import shutil
import socket
import time
from collections import namedtuple
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import requests

from midime_engine.catalogue.download import download, partial_bytes
from midime_engine.errors import DownloadError
from tests.support.checkpoint_server import CheckpointServer, Fault

if TYPE_CHECKING:
    from pathlib import Path

PATH = "/file.bin"
DATA = np.random.default_rng(0).bytes(700_001)


@pytest.fixture(autouse=True)
def _served(server: CheckpointServer) -> None:
    server.files[PATH] = DATA


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where the file is to go."""
    return tmp_path / "file.bin"


@pytest.fixture
def get(server, target, patience):
    """Download the file; keyword arguments change how."""

    def run(**changes: Any) -> list[tuple[int, int | None]]:
        told: list[tuple[int, int | None]] = []
        options = {
            "max_bytes": 10**6,
            "patience": patience,
            "advance": lambda done, total: told.append((done, total)),
            **changes,
        }
        with requests.Session() as session:
            download(session, options.pop("url", server.url + PATH), target, **options)
        return told

    return run


@pytest.fixture
def patient(patience):
    """The patience of a test, changed."""
    return partial(dataclasses.replace, patience)


def _nothing_but(target: Path) -> bool:
    return [path.name for path in target.parent.iterdir()] == [target.name]


def test_a_file_comes_whole(get, target) -> None:
    """And nothing else is left beside it."""
    told = get()
    assert target.read_bytes() == DATA
    assert _nothing_but(target)
    assert told[0] == (0, len(DATA))
    assert told[-1] == (len(DATA), len(DATA))
    assert told == sorted(told)


def test_an_empty_file_is_a_file(get, target, server) -> None:
    """Zero bytes of zero."""
    server.files[PATH] = b""
    get()
    assert target.read_bytes() == b""


def test_a_broken_connection_is_taken_up_where_it_broke(get, target, server) -> None:
    """Each byte is asked for once."""
    server.faults[PATH] = Fault(break_after=300_000, times=2)
    get()
    assert target.read_bytes() == DATA
    ranges = [asked for _, asked in server.requests]
    assert ranges[0] is None
    firsts = [int(asked.removeprefix("bytes=").rstrip("-")) for asked in ranges[1:]]
    assert firsts == [300_000, 600_000]


def test_another_process_goes_on_where_one_gave_up(get, target, server, patient) -> None:
    """What has come is kept, under another name than the file's."""
    server.faults[PATH] = Fault(break_after=100_000, times=1)
    server.files["/other"] = b""
    with pytest.raises(DownloadError, match="broke off") as caught:
        get(patience=patient(attempts=1))
    assert "goes on where it stopped" in caught.value.remedy
    assert not target.exists()
    assert partial_bytes(target) == 100_000
    told = get()
    assert told[0] == (100_000, len(DATA))
    assert target.read_bytes() == DATA
    assert server.requests[-1] == (PATH, "bytes=100000-")


def test_a_file_that_has_changed_meanwhile_comes_whole_again(get, target, server, patient) -> None:
    """Never half of one and half of the other."""
    server.faults[PATH] = Fault(break_after=100_000, times=1)
    with pytest.raises(DownloadError):
        get(patience=patient(attempts=1))
    server.files[PATH] = other = DATA[::-1]
    get()
    assert target.read_bytes() == other


def test_a_server_without_ranges_sends_all_of_it_again(get, target, server, patient) -> None:
    """Which is slower, and right."""
    server.faults[PATH] = Fault(break_after=100_000, times=1)
    with pytest.raises(DownloadError):
        get(patience=patient(attempts=1))
    server.faults[PATH] = Fault(ignore_ranges=True)
    get()
    assert target.read_bytes() == DATA


def test_a_server_that_sends_the_wrong_part_is_not_believed(get, target, server, patient) -> None:
    """The beginning is not glued to the beginning."""
    server.faults[PATH] = Fault(break_after=100_000, times=1)
    with pytest.raises(DownloadError):
        get(patience=patient(attempts=1))
    server.faults[PATH] = Fault(wrong_range=True, times=1)
    get()
    assert target.read_bytes() == DATA


def test_a_part_that_turns_out_to_be_all_is_the_file(get, target, server, patient) -> None:
    """Somebody was stopped between the last byte and the new name."""
    server.faults[PATH] = Fault(break_after=100_000, times=1)
    with pytest.raises(DownloadError):
        get(patience=patient(attempts=1))
    target.with_name("file.bin.part").write_bytes(DATA)
    get()
    assert target.read_bytes() == DATA


def test_a_part_that_is_longer_than_the_file_is_thrown_away(get, target, server, patient) -> None:
    """It was of something else."""
    server.faults[PATH] = Fault(break_after=100_000, times=1)
    with pytest.raises(DownloadError):
        get(patience=patient(attempts=1))
    target.with_name("file.bin.part").write_bytes(DATA + b"more")
    get()
    assert target.read_bytes() == DATA


@pytest.mark.parametrize("note", [None, "", "[]", '{"url": "x", "version": "y"}', '{"url": 1}'])
def test_a_part_of_unknown_origin_is_not_built_upon(get, target, note: str | None) -> None:
    """Without its note, or with one of another file."""
    target.with_name("file.bin.part").write_bytes(b"something else")
    if note is not None:
        target.with_name("file.bin.part.json").write_text(note, encoding="utf-8")
    get()
    assert target.read_bytes() == DATA


def test_a_truncated_file_is_never_the_file(get, target, server) -> None:
    """A server that always breaks off is given up, with the reason."""
    server.faults[PATH] = Fault(break_after=1000, ignore_ranges=True)
    with pytest.raises(DownloadError, match="broke off"):
        get()
    assert not target.exists()


def test_content_that_is_not_what_the_server_stated_is_refused(get, target, server) -> None:
    """Google's storage states an MD5: a proxy that has changed a byte is found out."""
    server.faults[PATH] = Fault(headers={"x-goog-hash": "md5=XrY7u+Ae7tCTyyK7j1rNww=="})
    with pytest.raises(DownloadError, match="not what the server announced"):
        get()
    assert not target.exists()
    assert partial_bytes(target) == 0


def test_a_busy_server_is_asked_again(get, target, server) -> None:
    """After a pause."""
    server.faults[PATH] = Fault(status=503, times=2)
    get()
    assert target.read_bytes() == DATA
    assert len(server.requests) == 3


@pytest.mark.parametrize(("status", "words"), [(404, "nothing at"), (403, "refuses")])
def test_a_refusal_is_not_argued_with(get, server, status: int, words: str) -> None:
    """One request is enough."""
    server.faults[PATH] = Fault(status=status)
    with pytest.raises(DownloadError, match=words):
        get()
    assert len(server.requests) == 1


def test_what_is_too_large_is_not_even_begun(get, target, server) -> None:
    """Its length says so."""
    with pytest.raises(DownloadError, match="larger than"):
        get(max_bytes=len(DATA) - 1)
    assert partial_bytes(target) == 0
    assert len(server.requests) == 1


def test_what_becomes_too_large_is_stopped(get, target, server) -> None:
    """A server need not state a length; the disk is safe all the same."""
    server.faults[PATH] = Fault(headers={"Content-Length": ""})
    with pytest.raises(DownloadError, match="larger than"):
        get(max_bytes=100_000)
    assert partial_bytes(target) == 0


def test_a_file_of_unstated_length_comes_too(get, target, server) -> None:
    """Nobody knows how long it takes."""
    server.faults[PATH] = Fault(headers={"Content-Length": ""})
    told = get()
    assert target.read_bytes() == DATA
    assert {total for _, total in told} == {None}


def test_a_silent_server_is_given_up(get, server, target, patient) -> None:
    """It has the file, and sends nothing of it."""
    server.faults[PATH] = Fault(seconds_per_block=1.0, block=10)
    since = time.monotonic()
    with pytest.raises(DownloadError, match="broke off"):
        get(patience=patient(read=0.2, attempts=2, least_bytes=1000))
    assert time.monotonic() - since < 5
    assert not target.exists()


def test_a_server_that_sends_next_to_nothing_is_given_up(get, server, target, patient) -> None:
    """A byte now and then keeps a connection alive for days."""
    server.faults[PATH] = Fault(seconds_per_block=0.05, block=1)
    with pytest.raises(DownloadError, match="next to nothing"):
        get(patience=patient(window=0.3, attempts=2, least_bytes=1000))
    assert not target.exists()


def test_a_slow_server_is_waited_for(get, server, target, patient) -> None:
    """As long as something comes."""
    server.faults[PATH] = Fault(seconds_per_block=0.05, block=100_000)
    get(patience=patient(window=0.1, least_bytes=1000))
    assert target.read_bytes() == DATA


def test_a_server_that_is_not_there_is_said_to_be_unreachable(get) -> None:
    """At once, with what may be in the way."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(DownloadError, match="cannot be reached") as caught:
        get(url=f"http://127.0.0.1:{port}/x")
    assert "firewall" in caught.value.remedy
    assert "embedded models" in caught.value.remedy


def test_a_name_that_nobody_knows_is_said_to_be_unreachable(get) -> None:
    """So it is without a network."""
    with pytest.raises(DownloadError, match="cannot be reached"):
        get(url="http://nowhere.invalid/x")


def test_a_server_that_cannot_prove_who_it_is_is_not_trusted(get, server) -> None:
    """It speaks no TLS at all here; a false certificate is met in the same way."""
    with pytest.raises(DownloadError, match="prove who it is"):
        get(url=server.url.replace("http:", "https:") + PATH)


def test_a_redirection_is_followed(get, server, target) -> None:
    """Object stores have moved before."""
    server.faults["/old"] = Fault(status=302, headers={"Location": PATH})
    get(url=f"{server.url}/old")
    assert target.read_bytes() == DATA


def test_a_disk_without_room_is_noticed_before_it_is_full(get, monkeypatch) -> None:
    """With both figures."""
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 - as shutil has it
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(0, 0, 1000))
    with pytest.raises(DownloadError, match="too full") as caught:
        get()
    assert "MIDIME_CACHE" in caught.value.remedy


def test_a_disk_that_fills_up_on_the_way_is_a_sentence(get, target) -> None:
    """Others write on it too."""

    def full(_done: int, _total: int | None) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(DownloadError, match="disk is full"):
        get(advance=full)
    assert not target.exists()


def test_whoever_watches_may_end_it(get, target) -> None:
    """What has come is kept for later."""

    def stop(done: int, _total: int | None) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        get(advance=stop)
    assert not target.exists()
    assert partial_bytes(target) > 0
    get()
    assert target.read_bytes() == DATA
