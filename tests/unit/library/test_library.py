"""What is saved can be opened by its owner and by whoever has a link, and by nobody else."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from midime_engine.errors import LibraryError, ShareError
from midime_engine.library import Content, Owner, SongFile, open_library, secret
from midime_engine.library.blobs import BlobStore
from midime_engine.library.library import MAX_SHARES, Library
from midime_engine.library.names import new_id
from midime_engine.library.schema import METADATA
from midime_engine.library.settings import Limits

if TYPE_CHECKING:
    from midime_engine.library.database import Database
    from tests.unit.library.conftest import Clock

ROOT = Path(__file__).resolve().parents[3]

SAVE = """
import os, signal, sys
from midime_engine.library import Content, Owner, SongFile
from midime_engine.library.blobs import BlobStore
from midime_engine.library.database import Database
from midime_engine.library.library import Library
from midime_engine.library.settings import Limits

url, folder, word, stage = sys.argv[1:]
# On a busy machine hundreds are saved before the blow falls.
library = Library(Database(url), BlobStore(folder), Limits(max_saved=10**6, max_owner_bytes=10**12))
die = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)
files = library._store._files
if stage == "before the files":
    library._store.put = die
elif stage == "within a file":
    files.pipe_file = lambda path, data: (open(path, "wb").write(data[:100]), die())
elif stage == "before the name":
    files.mv = die
elif stage == "between two files":
    move = files.mv
    files.mv = lambda *names: (move(*names), die())
elif stage == "before the row":
    library._insert = die
elif stage == "within the transaction":
    library._saved = die
print("ready", flush=True)
number = 0
while True:
    number += 1
    model = str(number).encode() * 50_000
    content = Content(
        model=model, base_model="mel_2bar", songs=(SongFile("a", model[:10_000]),)
    )
    library.save(Owner.by_secret(word), content, name=str(number))
"""


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
    share = library.share(owner, second.id, with_songs=False, position={})
    assert library.open_share(share.id).content.rules == b"constraint"
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
    link = library.share(owner, saved.id, with_songs=False, position={})
    assert link.kind == "translator"
    assert library.require_share(link.id).kind == "translator"
    assert library.open_share(link.id).content.kind == "translator"


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
    share = library.share(owner, saved.id, with_songs=False, position={})
    thief = Owner.by_secret(secret())
    library.save(thief, content, name="y")
    assert [mine.name for mine in library.list_saved(thief)] == ["y"]
    for attempt in (
        lambda: library.open(thief, saved.id),
        lambda: library.rename(thief, saved.id, "z"),
        lambda: library.delete(thief, saved.id),
        lambda: library.share(thief, saved.id, with_songs=False, position={}),
        lambda: library.list_shares(thief, saved.id),
        lambda: library.revoke(thief, share.id),
    ):
        with pytest.raises(LibraryError):
            attempt()
    assert library.list_saved(owner) == (saved,)
    assert library.require_share(share.id) == share


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
    share = library.share(owner, saved.id, with_songs=True, position={})
    library.delete(owner, saved.id)
    assert library.list_saved(owner) == ()
    assert store.digests() == set()
    with pytest.raises(ShareError, match="deleted"):
        library.open_share(share.id)
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


def test_a_link_opens_the_same_for_anybody(
    library: Library, owner: Owner, content: Content
) -> None:
    """The model, the position, and the songs if that was the owner's wish."""
    saved = library.save(owner, content, name="x")
    bare = library.share(owner, saved.id, with_songs=False, position={"z0": 1.25, "seed": 7})
    whole = library.share(owner, saved.id, with_songs=True, position={})
    opened = library.open_share(bare.id)
    assert opened.content == replace(content, songs=())
    assert opened.share.position == {"z0": 1.25, "seed": 7}
    assert library.open_share(whole.id).content == content
    assert {share.id for share in library.list_shares(owner, saved.id)} == {bare.id, whole.id}


def test_songs_that_are_not_stored_cannot_be_shared(
    library: Library, owner: Owner, content: Content
) -> None:
    """It is said, not done by halves."""
    saved = library.save(owner, replace(content, songs=()), name="x")
    with pytest.raises(LibraryError, match="not saved with it"):
        library.share(owner, saved.id, with_songs=True, position={})


def test_a_revoked_link_is_dead_and_says_so(
    library: Library, owner: Owner, content: Content
) -> None:
    """The owner no longer sees it, and the others keep working."""
    saved = library.save(owner, content, name="x")
    dead, living = (library.share(owner, saved.id, with_songs=False, position={}) for _ in range(2))
    library.revoke(owner, dead.id)
    for ask in (library.open_share, library.require_share):
        with pytest.raises(ShareError, match="ended by whoever made it"):
            ask(dead.id)
    assert library.list_shares(owner, saved.id) == (living,)
    with pytest.raises(ShareError):
        library.revoke(owner, dead.id)


def test_a_link_ends_when_it_said(
    library: Library, owner: Owner, content: Content, clock: Clock
) -> None:
    """With the date; never later than the host allows."""
    saved = library.save(owner, content, name="x")
    week = library.share(owner, saved.id, with_songs=False, position={}, days=7)
    year = library.share(owner, saved.id, with_songs=False, position={}, days=365)
    assert (week.expires - week.created).days == 7
    assert (year.expires - year.created).days == library.limits.share_days
    clock.wait(days=7)
    with pytest.raises(ShareError, match=r"ended on \d\d \w+ 20\d\d"):
        library.open_share(week.id)
    assert library.list_shares(owner, saved.id) == (year,)


@pytest.mark.parametrize(
    "share_id",
    ["", "../../x", "a" * 500, "' OR 1=1 --          x", pytest.param(new_id(), id="never given")],
)
def test_an_unknown_link_is_explained(library: Library, share_id: str) -> None:
    """Whatever somebody writes into an address."""
    with pytest.raises(ShareError) as caught:
        library.open_share(share_id)
    assert share_id == "" or share_id not in str(caught.value)
    assert caught.value.remedy


def test_links_are_bounded(library: Library, owner: Owner, content: Content) -> None:
    """Ended ones do not count."""
    saved = library.save(owner, content, name="x")
    shares = [
        library.share(owner, saved.id, with_songs=False, position={}) for _ in range(MAX_SHARES)
    ]
    with pytest.raises(LibraryError, match=str(MAX_SHARES)):
        library.share(owner, saved.id, with_songs=False, position={})
    library.revoke(owner, shares[0].id)
    library.share(owner, saved.id, with_songs=False, position={})


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(max_saved=1), "as many as it may"),
        (Limits(max_owner_bytes=10_000), "Your library is full"),
        (Limits(max_store_bytes=10_000), "no more room for anybody"),
    ],
)
def test_quotas_hold_and_say_why(
    library: Library, owner: Owner, content: Content, limits: Limits, reason: str
) -> None:
    """What was there before stays, and nothing is left of what was refused."""
    saved = library.save(owner, content, name="x")
    n_files = len(library._store.digests())
    library.limits = limits
    with pytest.raises(LibraryError, match=reason):
        library.save(owner, replace(content, model=b"other weights" * 500), name="y")
    assert library.list_saved(owner)[0].id == saved.id
    assert len(library._store.digests()) == n_files


def test_saves_at_once_do_not_exceed_the_quota(
    library: Library, owner: Owner, content: Content
) -> None:
    """The last place is given once."""
    library.limits = Limits(max_saved=3)

    def save(number: int) -> None:
        with suppress(LibraryError):
            library.save(owner, replace(content, model=bytes([number]) * 1000), name=str(number))

    threads = [threading.Thread(target=save, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(library.list_saved(owner)) == 3


def test_saving_and_deleting_the_same_at_once_loses_nothing(
    library: Library, content: Content
) -> None:
    """Whatever is listed in the end can be opened."""
    owners = [Owner.by_secret(secret()) for _ in range(4)]

    def live(owner: Owner) -> None:
        for _ in range(6):
            saved = library.save(owner, content, name="x")
            library.delete(owner, saved.id)
        library.save(owner, content, name="last")

    threads = [threading.Thread(target=live, args=(owner,)) for owner in owners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for owner in owners:
        (saved,) = library.list_saved(owner)
        assert library.open(owner, saved.id) == content


@pytest.mark.parametrize(
    "stage",
    [
        "before the files",
        "within a file",
        "before the name",
        "between two files",
        "before the row",
        "within the transaction",
        "at any time",
    ],
)
def test_a_process_killed_while_it_saves_leaves_nothing_half(
    url: str, database: Database, clock: Clock, tmp_path: Path, stage: str
) -> None:
    """Whatever is listed opens; the rest is cleared away later, to the last byte."""
    word = secret()
    command = [sys.executable, "-c", SAVE, url, str(tmp_path / "store"), word, stage]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        if stage == "at any time":
            time.sleep(random.uniform(0.1, 0.5))  # noqa: S311 - no secret
            process.kill()
        assert process.wait(timeout=60) == -9

    owner = Owner.by_secret(word)
    store = BlobStore(str(tmp_path / "store"))
    library = Library(database, store, Limits(), clock=clock)
    listed = library.list_saved(owner)
    assert listed == () or stage == "at any time"
    for saved in listed:
        opened = library.open(owner, saved.id)
        assert opened.model == saved.name.encode() * 50_000
        assert opened.songs[0].data == opened.model[:10_000]

    for saved in listed:
        library.delete(owner, saved.id)
    clock.now = time.time() + 3 * 86_400
    library.sweep()
    assert [path for path in (tmp_path / "store").rglob("*") if path.is_file()] == []


def test_a_killed_save_can_simply_be_repeated(url: str, library: Library, tmp_path: Path) -> None:
    """Nothing of the first attempt is in its way."""
    word = secret()
    command = [sys.executable, "-c", SAVE, url, str(tmp_path / "store"), word, "within a file"]
    assert subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode == -9
    model = b"1" * 50_000
    content = Content(model=model, base_model="mel_2bar", songs=(SongFile("a", model[:10_000]),))
    saved = library.save(Owner.by_secret(word), content, name="again")
    assert library.open(Owner.by_secret(word), saved.id) == content


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
