"""Files are named by what they hold, whole, and checked when they are read."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from midime_engine.errors import LibraryError
from midime_engine.library.blobs import BlobStore, digest_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=["folder", "file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    """A store of each kind that needs no server."""
    addresses = {
        "folder": str(tmp_path / "store"),
        "file": f"file://{tmp_path / 'store'}",
        "memory": f"memory://{tmp_path.name}",
    }
    return BlobStore(addresses[request.param])


def test_what_is_put_comes_back(store: BlobStore) -> None:
    """Under its digest, once however often it is put."""
    digest = store.put(b"some music")
    assert digest == digest_of(b"some music")
    assert store.put(b"some music") == digest
    assert store.get(digest) == b"some music"
    assert store.digests() == {digest}


def test_what_is_deleted_is_gone(store: BlobStore) -> None:
    """And deleting it again is no error."""
    digest = store.put(b"some music")
    store.delete(digest)
    store.delete(digest)
    assert not store.has(digest)
    with pytest.raises(LibraryError, match="missing"):
        store.get(digest)


def test_a_name_that_is_no_digest_reaches_no_file(store: BlobStore) -> None:
    """Not even one that exists."""
    for name in ("../../etc/passwd", "", "A" * 64, "a" * 63 + "/"):
        with pytest.raises(ValueError, match="no digest"):
            store.get(name)


def test_changed_bytes_are_noticed(tmp_path: Path) -> None:
    """A disk that rots must not become music."""
    store = BlobStore(str(tmp_path))
    digest = store.put(b"some music")
    path = next(path for path in tmp_path.rglob(digest) if path.is_file())
    path.write_bytes(b"some noise")
    with pytest.raises(LibraryError, match="damaged"):
        store.get(digest)


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither under the digest nor under the temporary name."""
    store = BlobStore(str(tmp_path))

    def fail(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store._files, "mv", fail)
    with pytest.raises(OSError, match="No space"):
        store.put(b"some music")
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_old_strays_are_cleared_away_and_young_ones_are_not(tmp_path: Path) -> None:
    """A young file without a row is one that is being saved."""
    store = BlobStore(str(tmp_path))
    kept, stray, young = (store.put(data) for data in (b"kept", b"stray", b"young"))
    part = tmp_path / "incoming" / "broken"
    part.write_bytes(b"ha")
    long_ago = time.time() - 100_000
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.name != young:
            os.utime(path, (long_ago, long_ago))
    assert store.clear_away(keep={kept}, before=time.time() - 1000) == 2
    assert store.digests() == {kept, young}
    assert not store.has(stray)
    assert not part.exists()


def test_an_address_that_nothing_knows_is_explained() -> None:
    """With the variable that has to be changed."""
    with pytest.raises(LibraryError, match="MIDIME_STORE"):
        BlobStore("carrier-pigeon://somewhere")
