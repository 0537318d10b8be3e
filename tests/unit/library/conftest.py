"""A library on each of the two databases, and somebody who owns something in it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from midime_engine.library import Content, Owner, SongFile, secret
from midime_engine.library.blobs import BlobStore
from midime_engine.library.database import Database
from midime_engine.library.library import Library
from midime_engine.library.settings import Limits
from tests.support import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A real PostgreSQL."""
    programs = postgres.find_programs()
    if programs is None:
        pytest.skip("there is no PostgreSQL on this machine (Debian: apt install postgresql)")
    with postgres.serve(programs) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'data' / 'library.sqlite3'}"
    server = str(request.getfixturevalue("server"))
    name = f"test_{next(_NUMBERS)}"
    address = sa.make_url(server).set(drivername="postgresql+psycopg")
    engine = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """That database."""
    opened = Database(url)
    yield opened
    opened.close()


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    """An empty folder for files."""
    return BlobStore(str(tmp_path / "store"))


@dataclass
class Clock:
    """Time that passes when it is told to."""

    now: float = 1_800_000_000.0

    def __call__(self) -> float:
        """Seconds since 1970."""
        return self.now

    def wait(self, *, days: float) -> None:
        """Let time pass."""
        self.now += days * 86_400


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still."""
    return Clock()


@pytest.fixture
def library(database: Database, store: BlobStore, clock: Clock) -> Library:
    """An empty library."""
    return Library(database, store, Limits(), clock=clock)


@pytest.fixture
def owner() -> Owner:
    """Somebody."""
    return Owner.by_secret(secret())


@pytest.fixture
def content() -> Content:
    """A MidiMe, as far as the library knows, with its song."""
    return Content(
        model=b"weights" * 1000,
        base_model="mel_2bar",
        song_names=("Für Elise.mid",),
        settings={"latent_size": 4},
        details={"fingerprint": "abc", "losses": [[1, 2.5]]},
        songs=(SongFile("Für Elise.mid", b"MThd...", "Beethoven"),),
    )
