"""What has expired goes, what is in use stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from midime_engine.errors import ShareError
from midime_engine.library.schema import BLOB, OWNER, SHARE
from midime_engine.library.settings import Limits
from midime_engine.library.sweeping import REMEMBER_SECONDS, purge

if TYPE_CHECKING:
    from midime_engine.library import Content, Owner
    from midime_engine.library.blobs import BlobStore
    from midime_engine.library.database import Database
    from midime_engine.library.library import Library
    from tests.unit.library.conftest import Clock


def n_rows(database: Database, table: sa.Table) -> int:
    """How many there are."""
    with database.reading() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)


def test_what_nobody_opens_for_long_goes(
    library: Library, owner: Owner, content: Content, clock: Clock, database: Database
) -> None:
    """With its files and its owner; what somebody has opened stays."""
    library.save(owner, content, name="forgotten")
    used = library.save(owner, replace(content, model=b"used", songs=()), name="used")
    clock.wait(days=300)
    library.open(owner, used.id)
    clock.wait(days=100)
    library.sweep()
    assert [saved.name for saved in library.list_saved(owner)] == ["used"]
    assert n_rows(database, BLOB) == 1
    clock.wait(days=400)
    library.sweep()
    assert library._store.digests() == set()
    assert n_rows(database, OWNER) == 0


def test_a_host_may_keep_everything(
    library: Library, owner: Owner, content: Content, clock: Clock
) -> None:
    """Then nothing says that it will go."""
    library.limits = Limits(keep_days=0)
    saved = library.save(owner, content, name="x")
    clock.wait(days=5000)
    library.sweep()
    assert library.list_saved(owner)[0].expires is None
    assert library.open(owner, saved.id) == content


def test_what_a_living_link_leads_to_stays(
    library: Library, owner: Owner, content: Content, clock: Clock
) -> None:
    """A link that states when it ends keeps its word."""
    library.limits = Limits(keep_days=10, share_days=30)
    saved = library.save(owner, content, name="x")
    share = library.shares.make(owner, saved.id, with_songs=False, position={})
    clock.wait(days=20)
    library.sweep()
    assert library.shares.require(share.id) == share


def test_a_link_that_has_ended_is_forgotten_later(
    library: Library, owner: Owner, content: Content, clock: Clock, database: Database
) -> None:
    """For a while it can still say why."""
    library.limits = Limits(keep_days=0)
    saved = library.save(owner, content, name="x")
    share = library.shares.make(owner, saved.id, with_songs=False, position={})
    clock.wait(days=40)
    library.sweep()
    with pytest.raises(ShareError, match="ended on"):
        library.shares.require(share.id)
    clock.now += REMEMBER_SECONDS
    library.sweep()
    assert n_rows(database, SHARE) == 0


def test_a_file_that_is_named_is_not_purged(
    library: Library, owner: Owner, content: Content, database: Database, store: BlobStore
) -> None:
    """Even when somebody asks for it."""
    saved = library.save(owner, content, name="x")
    purge(database, store, [*store.digests(), "0" * 64])
    assert library.open(owner, saved.id) == content


def test_saving_sweeps_now_and_then(
    library: Library, owner: Owner, content: Content, clock: Clock
) -> None:
    """No cron is needed."""
    library.save(owner, content, name="old")
    clock.wait(days=400)
    library.save(owner, content, name="new")
    assert [saved.name for saved in library.list_saved(owner)] == ["new"]
