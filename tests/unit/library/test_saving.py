"""Whatever is saved is saved whole, within the limits, whoever else is saving."""

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

from midime_engine.errors import LibraryError
from midime_engine.library import Content, Owner, SongFile, secret
from midime_engine.library.blobs import BlobStore
from midime_engine.library.library import Library
from midime_engine.library.settings import Limits

if TYPE_CHECKING:
    from midime_engine.library.database import Database
    from tests.unit.library.conftest import Clock

ROOT = Path(__file__).resolve().parents[3]

SAVE = """
import os, signal, sys
from midime_engine.library import Content, Owner, SongFile, rows
from midime_engine.library.blobs import BlobStore
from midime_engine.library.database import Database
from midime_engine.library.library import Library
from midime_engine.library.saving import Saving
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
    Saving._insert = die
elif stage == "within the transaction":
    rows.saved_of = die
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
