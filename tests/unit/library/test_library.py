"""What is saved can be opened by its owner and by whoever has a link, and by nobody else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from midime_engine.errors import LibraryError, ShareError
from midime_engine.library import Content, Owner, open_library, secret
from midime_engine.library.schema import METADATA

if TYPE_CHECKING:
    from pathlib import Path

    from midime_engine.library.blobs import BlobStore
    from midime_engine.library.database import Database
    from midime_engine.library.library import Library
    from tests.unit.library.conftest import Clock


def test_what_is_saved_comes_back_whole(library: Library, owner: Owner, content: Content) -> None:
    """Bytes, settings and songs; the list says what there is."""
    saved = library.save(owner, content, name="  My\nsong ")
    assert saved.name == "My song"
    assert library.list_saved(owner) == (saved,)
    assert saved.has_songs
    assert saved.n_bytes == content.n_bytes
    assert library.open(owner, saved.id) == content


def test_without_songs_nothing_of_them_is_stored(
    library: Library, owner: Owner, content: Content, store: BlobStore
) -> None:
    """One file, the model."""
    saved = library.save(owner, replace(content, songs=()), name="x")
    assert not saved.has_songs
    assert len(store.digests()) == 1
    assert library.open(owner, saved.id).songs == ()


def test_rules_are_kept_with_what_they_act_on(
    library: Library, owner: Owner, content: Content, store: BlobStore
) -> None:
    """They come back for the owner and under a link, and go with it unless another has the same."""
    bare = library.save(owner, content, name="without")
    ruled = replace(content, rules=b"constraint")
    first, second = (library.save(owner, ruled, name=name) for name in "ab")
    assert (bare.has_rules, first.has_rules) == (False, True)
    assert first.n_bytes == bare.n_bytes + len(b"constraint")
    assert library.open(owner, first.id) == ruled
    assert library.open(owner, bare.id).rules is None
    share = library.shares.make(owner, second.id, with_songs=False, position={})
    assert library.shares.open(share.id).content.rules == b"constraint"
    library.delete(owner, first.id)
    assert library.open(owner, second.id).rules == b"constraint"
    library.sweep()
    n = len(store.digests())
    library.delete(owner, second.id)
    assert len(store.digests()) == n - 1


def test_a_translator_is_known_as_one(library: Library, owner: Owner, content: Content) -> None:
    """In the list, when it is opened, and under its link; everything else is a MidiMe."""
    other = library.save(owner, content, name="a MidiMe")
    saved = library.save(owner, replace(content, kind="translator", songs=()), name="a way over")
    assert {each.id: each.kind for each in library.list_saved(owner)} == {
        saved.id: "translator",
        other.id: "midime",
    }
    assert library.open(owner, saved.id).kind == "translator"
    link = library.shares.make(owner, saved.id, with_songs=False, position={})
    assert link.kind == "translator"
    assert library.shares.require(link.id).kind == "translator"
    assert library.shares.open(link.id).content.kind == "translator"


def test_the_latest_comes_first(
    library: Library, owner: Owner, content: Content, clock: Clock
) -> None:
    """As one looks for it."""
    for name in ("first", "second"):
        library.save(owner, content, name=name)
        clock.wait(days=1)
    assert [saved.name for saved in library.list_saved(owner)] == ["second", "first"]


def test_what_belongs_to_another_does_not_exist(
    library: Library, owner: Owner, content: Content
) -> None:
    """Not to be listed, opened, renamed, deleted, shared, nor its links seen or ended."""
    saved = library.save(owner, content, name="x")
    share = library.shares.make(owner, saved.id, with_songs=False, position={})
    thief = Owner.by_secret(secret())
    library.save(thief, content, name="y")
    assert [mine.name for mine in library.list_saved(thief)] == ["y"]
    for attempt in (
        lambda: library.open(thief, saved.id),
        lambda: library.rename(thief, saved.id, "z"),
        lambda: library.delete(thief, saved.id),
        lambda: library.shares.make(thief, saved.id, with_songs=False, position={}),
        lambda: library.shares.of(thief, saved.id),
        lambda: library.shares.revoke(thief, share.id),
    ):
        with pytest.raises(LibraryError):
            attempt()
    assert library.list_saved(owner) == (saved,)
    assert library.shares.require(share.id) == share


def test_it_can_be_renamed(library: Library, owner: Owner, content: Content) -> None:
    """To a clean name."""
    saved = library.save(owner, content, name="x")
    library.rename(owner, saved.id, "Für\x00 dich")
    assert library.list_saved(owner)[0].name == "Für dich"


def test_deleting_deletes_files_and_links(
    library: Library, owner: Owner, content: Content, store: BlobStore
) -> None:
    """At once."""
    saved = library.save(owner, content, name="x")
    share = library.shares.make(owner, saved.id, with_songs=True, position={})
    library.delete(owner, saved.id)
    assert library.list_saved(owner) == ()
    assert store.digests() == set()
    with pytest.raises(ShareError, match="deleted"):
        library.shares.open(share.id)
    with pytest.raises(LibraryError, match="not in your library"):
        library.open(owner, saved.id)


def test_files_that_another_uses_stay(
    library: Library, owner: Owner, content: Content, store: BlobStore
) -> None:
    """The same song may be two people's."""
    other = Owner.by_secret(secret())
    mine = library.save(owner, content, name="x")
    song = content.songs[0].data
    theirs = library.save(other, replace(content, model=b"other weights"), name="y")
    library.delete(owner, mine.id)
    assert len(store.digests()) == 2
    assert library.open(other, theirs.id).songs[0].data == song
    library.delete(other, theirs.id)
    assert store.digests() == set()


def test_a_damaged_file_is_noticed(
    library: Library, owner: Owner, content: Content, tmp_path: Path
) -> None:
    """And not taken for music."""
    saved = library.save(owner, content, name="x")
    for path in (tmp_path / "store" / "blobs").rglob("*"):
        if path.is_file():
            path.write_bytes(b"noise")
    with pytest.raises(LibraryError, match="damaged"):
        library.open(owner, saved.id)


def test_a_database_that_does_not_answer_is_said_to(
    library: Library, owner: Owner, database: Database
) -> None:
    """In a sentence, not in a traceback."""
    with database.writing() as connection:
        METADATA.drop_all(connection)
    with pytest.raises(LibraryError, match="cannot be reached"):
        library.list_saved(owner)


def test_the_library_of_the_settings_is_in_their_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: Owner, content: Content
) -> None:
    """Database and files, and another process finds them again."""
    for name in ("DATABASE_URL", "STORE"):
        monkeypatch.delenv(f"MIDIME_{name}", raising=False)
    monkeypatch.setenv("MIDIME_DATA", str(tmp_path / "data"))
    library = open_library()
    library.save(owner, content, name="x")
    library.close()
    again = open_library()
    assert [saved.name for saved in again.list_saved(owner)] == ["x"]
    again.close()
    assert (tmp_path / "data" / "library.sqlite3").is_file()
