"""A link opens what it leads to for anybody, until it ends."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from midime_engine.errors import LibraryError, ShareError
from midime_engine.library.names import new_id
from midime_engine.library.shares import MAX_SHARES

if TYPE_CHECKING:
    from midime_engine.library import Content, Owner
    from midime_engine.library.library import Library
    from tests.unit.library.conftest import Clock


def test_a_link_opens_the_same_for_anybody(
    library: Library, owner: Owner, content: Content
) -> None:
    """The model, the position, and the songs if that was the owner's wish."""
    saved = library.save(owner, content, name="x")
    bare = library.shares.make(owner, saved.id, with_songs=False, position={"z0": 1.25, "seed": 7})
    whole = library.shares.make(owner, saved.id, with_songs=True, position={})
    opened = library.shares.open(bare.id)
    assert opened.content == replace(content, songs=())
    assert opened.share.position == {"z0": 1.25, "seed": 7}
    assert library.shares.open(whole.id).content == content
    assert {share.id for share in library.shares.of(owner, saved.id)} == {bare.id, whole.id}


def test_songs_that_are_not_stored_cannot_be_shared(
    library: Library, owner: Owner, content: Content
) -> None:
    """It is said, not done by halves."""
    saved = library.save(owner, replace(content, songs=()), name="x")
    with pytest.raises(LibraryError, match="not saved with it"):
        library.shares.make(owner, saved.id, with_songs=True, position={})


def test_a_revoked_link_is_dead_and_says_so(
    library: Library, owner: Owner, content: Content
) -> None:
    """The owner no longer sees it, and the others keep working."""
    saved = library.save(owner, content, name="x")
    dead, living = (
        library.shares.make(owner, saved.id, with_songs=False, position={}) for _ in range(2)
    )
    library.shares.revoke(owner, dead.id)
    for ask in (library.shares.open, library.shares.require):
        with pytest.raises(ShareError, match="ended by whoever made it"):
            ask(dead.id)
    assert library.shares.of(owner, saved.id) == (living,)
    with pytest.raises(ShareError):
        library.shares.revoke(owner, dead.id)


def test_a_link_ends_when_it_said(
    library: Library, owner: Owner, content: Content, clock: Clock
) -> None:
    """With the date; never later than the host allows."""
    saved = library.save(owner, content, name="x")
    week = library.shares.make(owner, saved.id, with_songs=False, position={}, days=7)
    year = library.shares.make(owner, saved.id, with_songs=False, position={}, days=365)
    assert (week.expires - week.created).days == 7
    assert (year.expires - year.created).days == library.limits.share_days
    clock.wait(days=7)
    with pytest.raises(ShareError, match=r"ended on \d\d \w+ 20\d\d"):
        library.shares.open(week.id)
    assert library.shares.of(owner, saved.id) == (year,)


@pytest.mark.parametrize(
    "share_id",
    ["", "../../x", "a" * 500, "' OR 1=1 --          x", pytest.param(new_id(), id="never given")],
)
def test_an_unknown_link_is_explained(library: Library, share_id: str) -> None:
    """Whatever somebody writes into an address."""
    with pytest.raises(ShareError) as caught:
        library.shares.open(share_id)
    assert share_id == "" or share_id not in str(caught.value)
    assert caught.value.remedy


def test_links_are_bounded(library: Library, owner: Owner, content: Content) -> None:
    """Ended ones do not count."""
    saved = library.save(owner, content, name="x")
    shares = [
        library.shares.make(owner, saved.id, with_songs=False, position={})
        for _ in range(MAX_SHARES)
    ]
    with pytest.raises(LibraryError, match=str(MAX_SHARES)):
        library.shares.make(owner, saved.id, with_songs=False, position={})
    library.shares.revoke(owner, shares[0].id)
    library.shares.make(owner, saved.id, with_songs=False, position={})
