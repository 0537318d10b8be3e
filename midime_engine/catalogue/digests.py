"""Fingerprints of files, written as ``algorithm:hex digits``.

``sha256`` is what we record. ``git`` is the name that git gives to a file, a SHA-1 of its length
and content: what public repositories tell of files that nobody has published a hash of.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["git_digest", "has_digest", "sha256"]


def sha256(path: Path) -> str:
    """``sha256:`` and the digest of the file's content."""
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def git_digest(path: Path) -> str:
    """``git:`` and the name that git would give to the file."""
    digest = hashlib.sha1(f"blob {path.stat().st_size}\0".encode(), usedforsecurity=False)
    with path.open("rb") as file:
        return f"git:{hashlib.file_digest(file, lambda: digest).hexdigest()}"


def has_digest(path: Path, digest: str) -> bool:
    """Whether the file at ``path`` has ``digest``, of either kind."""
    return (git_digest(path) if digest.startswith("git:") else sha256(path)) == digest
