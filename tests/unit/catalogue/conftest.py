"""A web server, an empty cache, and patience for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_engine.catalogue import Patience
from tests.support.checkpoint_server import CheckpointServer, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUICK = Patience(connect=2.0, read=1.0, window=30.0, least_bytes=1, attempts=3, pause=0.01)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever stands between this machine and the web, the server of a test is on it."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def server() -> Iterator[CheckpointServer]:
    """An HTTP server on this machine."""
    yield from serving()


@pytest.fixture
def cache(server: CheckpointServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache that is filled from ``server`` instead of Google's storage."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("MIDIME_CACHE", str(folder))
    monkeypatch.setenv("MIDIME_MIRROR", server.url)
    monkeypatch.delenv("MIDIME_MAX_DOWNLOAD", raising=False)
    return folder


@pytest.fixture
def patience() -> Patience:
    """Enough for a server on this machine, and short when it misbehaves."""
    return QUICK
