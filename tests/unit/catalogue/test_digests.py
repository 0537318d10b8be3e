from __future__ import annotations

import hashlib

from midime_engine.catalogue.digests import git_digest, has_digest, sha256

# What `printf 'hello\n' | git hash-object --stdin` says, and sha256sum.
HELLO_GIT = "git:ce013625030ba8dba906f756967f9e9ca394464a"
HELLO_SHA256 = "sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"


def test_digests_are_those_of_git_and_sha256sum(tmp_path) -> None:
    """So that public listings can be compared with."""
    path = tmp_path / "hello"
    path.write_bytes(b"hello\n")
    assert (git_digest(path), sha256(path)) == (HELLO_GIT, HELLO_SHA256)
    assert has_digest(path, HELLO_GIT)
    assert has_digest(path, HELLO_SHA256)


def test_one_other_byte_is_another_digest(tmp_path) -> None:
    """Of either kind, also in a file of many blocks."""
    path = tmp_path / "large"
    content = bytearray(3_000_000)
    path.write_bytes(content)
    git, sha = git_digest(path), sha256(path)
    assert sha == f"sha256:{hashlib.sha256(content).hexdigest()}"
    content[-1] = 1
    path.write_bytes(content)
    assert not has_digest(path, git)
    assert not has_digest(path, sha)
