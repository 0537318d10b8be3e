from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest

from midime_engine.catalogue import entries, fetch, find, folder_of, is_cached
from midime_engine.catalogue.digests import git_digest, sha256
from midime_engine.catalogue.origin import FILENAME, Origin
from midime_engine.errors import DownloadError, OptionError, UnknownModelError
from tests.support.checkpoint_server import CheckpointServer, Fault
from tests.support.musicvae_kit import OURS

ROOT = Path(__file__).resolve().parents[3]
TRIO = find("magenta/trio_4bar")
BIG = find("magenta/cat-mel_2bar_big")
TRIO_PATH = "/magentadata/js/checkpoints/music_vae/trio_4bar"
BIG_PATH = "/magentadata/models/music_vae/checkpoints/cat-mel_2bar_big.tar"
TAR = OURS / "cat-mel_2bar_tiny" / "cat-mel_2bar_tiny.tar"
JS = OURS / "js_trio_uint8"
SHARDS = sorted(path.name for path in JS.glob("group1-shard*"))


@pytest.fixture(autouse=True)
def _served(server: CheckpointServer, cache: Path) -> None:  # noqa: ARG001 - it must be set
    for path in (JS / "config.json", JS / "weights_manifest.json", *(JS / n for n in SHARDS)):
        server.files[f"{TRIO_PATH}/{path.name}"] = path.read_bytes()
    server.files[BIG_PATH] = TAR.read_bytes()


@pytest.fixture
def get(patience):
    """Fetch with the patience of a test."""
    return partial(fetch, patience=patience)


def _incomplete(entry) -> Path:
    return folder_of(entry).with_name(f"{folder_of(entry).name}.incomplete")


def test_a_folder_of_magenta_js_comes_with_all_its_files(get, cache) -> None:
    """Below the cache, with a note of their digests, and nothing else."""
    assert not is_cached(TRIO)
    path = get(TRIO)
    assert path == cache / "magenta" / "trio_4bar"
    assert is_cached(TRIO)
    wanted = {"config.json", "weights_manifest.json", *SHARDS}
    assert {file.name for file in path.iterdir()} == {*wanted, FILENAME}
    for name in wanted:
        assert (path / name).read_bytes() == (JS / name).read_bytes()
    origin = Origin.read(path)
    assert origin is not None
    assert origin.url.endswith(TRIO_PATH)
    assert {file.name: file.digest for file in origin.files} == {
        name: sha256(JS / name) for name in wanted
    }


def test_a_tar_comes_as_it_is(get, cache) -> None:
    """The path is that of the tar, for ``musicvae.load``."""
    path = get(BIG)
    assert path == cache / "magenta" / "cat-mel_2bar_big" / "cat-mel_2bar_big.tar"
    assert path.read_bytes() == TAR.read_bytes()
    assert is_cached(BIG)


@pytest.mark.parametrize("entry", [TRIO, BIG], ids=["js", "python"])
def test_what_is_there_is_not_asked_for_again(get, server, entry) -> None:
    """The second time works without a network."""
    path = get(entry)
    server.requests.clear()
    server.files.clear()
    assert get(entry) == path
    assert server.requests == []


def test_progress_goes_from_nothing_to_everything(get) -> None:
    """Over all files of a folder together; it never falls."""
    told: list[tuple[int, int | None]] = []
    get(TRIO, progress=lambda done, total: told.append((done, total)))
    everything = sum((JS / n).stat().st_size for n in SHARDS) + sum(
        (JS / n).stat().st_size for n in ("config.json", "weights_manifest.json")
    )
    assert told[0] == (0, TRIO.n_bytes)
    assert told[-1] == (everything, everything)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_an_entry_that_cannot_be_used_is_not_downloaded(get, server) -> None:
    """And the reason is told."""
    with pytest.raises(UnknownModelError, match="chords"):
        get(find("magenta/mel_chords"))
    assert server.requests == []


@pytest.mark.parametrize("status", [404, 403])
@pytest.mark.parametrize("path", [BIG_PATH, f"{TRIO_PATH}/{SHARDS[2]}", f"{TRIO_PATH}/config.json"])
def test_a_missing_file_leaves_nothing_to_be_used(get, server, path: str, status: int) -> None:
    """Whichever it is."""
    server.faults[path] = Fault(status=status)
    entry = BIG if path == BIG_PATH else TRIO
    with pytest.raises(DownloadError) as caught:
        get(entry)
    assert caught.value.remedy
    assert not is_cached(entry)
    assert not folder_of(entry).exists()


def test_a_folder_is_taken_up_at_the_file_where_it_broke_off(get, server) -> None:
    """Complete files are not asked for again, and the broken one from where it broke."""
    broken = f"{TRIO_PATH}/{SHARDS[1]}"
    server.faults[broken] = Fault(break_after=5000, times=3)
    server.faults[f"{TRIO_PATH}/{SHARDS[2]}"] = Fault(status=404, times=1)
    with pytest.raises(DownloadError):
        get(TRIO)
    server.requests.clear()
    get(TRIO)
    assert [path for path, _ in server.requests] == [f"{TRIO_PATH}/{name}" for name in SHARDS[2:]]
    assert is_cached(TRIO)


def test_a_truncated_tar_is_taken_up(get, server) -> None:
    """In a later attempt, perhaps of another process."""
    server.faults[BIG_PATH] = Fault(break_after=30_000, times=1)
    with pytest.raises(DownloadError, match="broke off"):
        fetch(BIG, patience=dataclasses.replace(get.keywords["patience"], attempts=1))
    assert not is_cached(BIG)
    assert get(BIG).read_bytes() == TAR.read_bytes()
    assert server.requests[-1] == (BIG_PATH, "bytes=30000-")


WRONG = {
    "a page": b"<html>please sign in</html>" * 1000,
    "half a tar": TAR.read_bytes()[:20_000],
    "nothing": b"",
}


@pytest.mark.parametrize("content", WRONG.values(), ids=WRONG)
def test_a_tar_that_is_none_is_refused(get, server, content: bytes) -> None:
    """Though the server says that all is well; the next attempt begins afresh."""
    server.files[BIG_PATH] = content
    with pytest.raises(DownloadError, match="not the checkpoint"):
        get(BIG)
    assert not is_cached(BIG)
    assert not _incomplete(BIG).exists()
    server.files[BIG_PATH] = TAR.read_bytes()
    assert get(BIG).read_bytes() == TAR.read_bytes()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("config.json", b'{"type": "MusicRNN"}'),
        ("config.json", b"<html>"),
        ("weights_manifest.json", b"[]"),
        ("weights_manifest.json", b'[{"paths": ["../../x"], "weights": []}]'),
        (SHARDS[0], b"short"),
        (SHARDS[-1], b""),
    ],
)
def test_a_folder_that_is_none_is_refused(get, server, name: str, content: bytes) -> None:
    """One wrong file is enough."""
    server.files[f"{TRIO_PATH}/{name}"] = content
    with pytest.raises(DownloadError, match="not the checkpoint"):
        get(TRIO)
    assert not is_cached(TRIO)
    assert not _incomplete(TRIO).exists()


def test_a_shard_that_is_too_long_is_stopped(get, server) -> None:
    """The manifest says how many bytes there are."""
    server.files[f"{TRIO_PATH}/{SHARDS[0]}"] = bytes(10_000_000)
    with pytest.raises(DownloadError, match="larger than"):
        get(TRIO)
    assert not is_cached(TRIO)


def test_a_manifest_of_more_than_was_announced_is_refused(get, server, monkeypatch) -> None:
    """Before the weights are asked for."""
    monkeypatch.setenv("MIDIME_MAX_DOWNLOAD", "1")
    small = dataclasses.replace(TRIO, n_bytes=10_000)
    manifest = (
        b'[{"paths": ["a"], "weights": [{"name": "w", "shape": [9999999], "dtype": "float32"}]}]'
    )
    server.files[f"{TRIO_PATH}/weights_manifest.json"] = manifest
    with pytest.raises(DownloadError, match="not the checkpoint"):
        get(small)
    assert not any(path.endswith("/a") for path, _ in server.requests)


@pytest.mark.parametrize("digest", [git_digest, sha256])
def test_a_known_digest_must_be_met(get, server, digest) -> None:
    """By what comes, however well it is formed."""
    known = (SHARDS[0], digest(JS / SHARDS[0]))
    assert get(dataclasses.replace(TRIO, digests=(known,)))
    shutil.rmtree(folder_of(TRIO))
    changed = bytearray((JS / SHARDS[0]).read_bytes())
    changed[7] ^= 1
    server.files[f"{TRIO_PATH}/{SHARDS[0]}"] = bytes(changed)
    with pytest.raises(DownloadError, match="not the content that is known"):
        get(dataclasses.replace(TRIO, digests=(known,)))
    assert not is_cached(TRIO)


def test_without_a_known_digest_the_first_download_is_trusted_and_the_next_compared(
    get, server
) -> None:
    """A copy that has rotted on the disk is fetched again, and must be what it was."""
    path = get(BIG)
    rotten = bytearray(path.read_bytes())
    rotten[3000] ^= 1
    path.write_bytes(rotten)
    assert is_cached(BIG), "sizes alone do not tell"
    assert get(BIG).read_bytes() == TAR.read_bytes()

    path.write_bytes(rotten)
    other = bytearray(TAR.read_bytes())
    other[5000] ^= 1
    server.files[BIG_PATH] = bytes(other)
    with pytest.raises(DownloadError, match="not what was downloaded") as caught:
        get(BIG)
    assert str(folder_of(BIG)) in caught.value.remedy
    shutil.rmtree(folder_of(BIG))
    assert get(BIG).read_bytes() == bytes(other)


def test_a_rotten_copy_without_a_network_is_not_used(get, server) -> None:
    """It stays where it is, for another day."""
    path = get(BIG)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    server.faults[BIG_PATH] = Fault(status=403)
    with pytest.raises(DownloadError, match="refuses"):
        get(BIG)
    assert path.exists()


def test_a_half_deleted_folder_is_completed(get) -> None:
    """Somebody tidied up."""
    path = get(TRIO)
    (path / SHARDS[3]).unlink()
    assert not is_cached(TRIO)
    assert get(TRIO) == path
    assert is_cached(TRIO)


def test_a_folder_that_somebody_else_made_is_replaced(get) -> None:
    """Without our note nobody knows what is in it."""
    folder = folder_of(TRIO)
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}", encoding="utf-8")
    assert not is_cached(TRIO)
    assert (get(TRIO) / "config.json").read_bytes() == (JS / "config.json").read_bytes()


def test_two_sessions_that_want_the_same_download_it_once(get, server) -> None:
    """The second waits, sees the first go on, and uses what it brought."""
    server.gate = threading.Event()
    told: list[tuple[int, int | None]] = []
    found: list[Path] = []

    def want(**options) -> None:
        found.append(get(TRIO, **options))

    first = threading.Thread(target=want)
    first.start()
    while not server.requests:
        time.sleep(0.01)
    second = threading.Thread(
        target=want, kwargs={"progress": lambda done, total: told.append((done, total))}
    )
    second.start()
    while not told:
        time.sleep(0.01)
    server.gate.set()
    first.join(20)
    second.join(20)
    assert found == [folder_of(TRIO)] * 2
    assert len(server.requests) == 2 + len(SHARDS)
    assert told[0][1] == TRIO.n_bytes


def test_two_processes_that_want_the_same_download_it_once(server) -> None:
    """Several replicas of the app may share a cache."""
    server.faults[BIG_PATH] = Fault(seconds_per_block=0.2, block=40_000)
    program = (
        "from midime_engine import catalogue as c; c.fetch(c.find('magenta/cat-mel_2bar_big'))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, env=dict(os.environ))
        for _ in range(2)
    ]
    assert [process.wait(60) for process in running] == [0, 0]
    assert len(server.requests) == 1
    assert is_cached(BIG)


def test_a_process_that_is_killed_leaves_no_lock(get, server) -> None:
    """And its bytes, which need not come again."""
    server.faults[BIG_PATH] = Fault(seconds_per_block=0.5, block=30_000)
    program = (
        "from midime_engine import catalogue as c; c.fetch(c.find('magenta/cat-mel_2bar_big'))"
    )
    killed = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, env=dict(os.environ))
    part = _incomplete(BIG) / "cat-mel_2bar_big.tar.part"
    while not part.exists() or not part.stat().st_size:
        time.sleep(0.02)
    killed.kill()
    killed.wait(10)
    del server.faults[BIG_PATH]
    assert get(BIG).read_bytes() == TAR.read_bytes()
    assert server.requests[-1] == (BIG_PATH, "bytes=30000-")


def test_when_the_first_session_fails_the_second_takes_over(get, server) -> None:
    """It goes on with what has come."""
    server.gate = threading.Event()
    server.faults[f"{TRIO_PATH}/{SHARDS[1]}"] = Fault(status=404, times=1)
    results: list[object] = []

    def want() -> None:
        try:
            results.append(get(TRIO))
        except DownloadError as error:
            results.append(error)

    threads = [threading.Thread(target=want) for _ in range(2)]
    for thread in threads:
        thread.start()
    server.gate.set()
    for thread in threads:
        thread.join(20)
    assert sorted(type(result).__name__ for result in results) == ["DownloadError", "PosixPath"]
    assert is_cached(TRIO)


def test_whoever_stops_watching_can_come_back(get) -> None:
    """The lock is free again, and the rest comes later."""

    class GoneError(Exception):
        """The visitor has left."""

    def leave(done: int, _total: int | None) -> None:
        if done > 20_000:
            raise GoneError

    with pytest.raises(GoneError):
        get(TRIO, progress=leave)
    assert not is_cached(TRIO)
    get(TRIO)
    assert is_cached(TRIO)


def test_a_host_may_limit_downloads(get, server, monkeypatch) -> None:
    """By size, or altogether; what is in the cache can be used all the same."""
    monkeypatch.setenv("MIDIME_MAX_DOWNLOAD", "100")
    with pytest.raises(DownloadError, match="limit is 100 MB"):
        get(BIG)
    assert server.requests == []
    get(TRIO)
    monkeypatch.setenv("MIDIME_MAX_DOWNLOAD", "0")
    assert get(TRIO) == folder_of(TRIO)
    with pytest.raises(DownloadError, match="may not be downloaded"):
        get(find("magenta/mel_2bar_small"))


def test_a_cache_that_cannot_be_made_is_named(get, monkeypatch, tmp_path) -> None:
    """A file stands in its way here."""
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("MIDIME_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(DownloadError, match="cannot be written") as caught:
        get(TRIO)
    assert "MIDIME_CACHE" in caught.value.remedy


def test_a_cache_that_may_only_be_read_serves_what_is_in_it(get, cache) -> None:
    """An image with the models in it, mounted read-only: no lock is needed."""
    path = get(TRIO)
    (cache / "magenta" / "trio_4bar.lock").unlink(missing_ok=True)
    (cache / "magenta" / "trio_4bar.lock").mkdir()  # no lock can be had here
    assert get(TRIO) == path


def test_a_mirror_that_is_no_address_is_an_option_error(get, monkeypatch) -> None:
    """A mistake of the host's, not of the network's."""
    monkeypatch.setenv("MIDIME_MIRROR", "school")
    with pytest.raises(OptionError, match="MIDIME_MIRROR"):
        get(TRIO)


def test_folders_of_the_cache_never_meet() -> None:
    """Nor do they leave it."""
    folders = [folder_of(entry) for entry in entries()]
    assert len(set(folders)) == len(folders)
    assert len({folder.parent for folder in folders}) == 1
