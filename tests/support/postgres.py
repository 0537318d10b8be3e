"""A PostgreSQL server of the tests' own: fresh, on a socket in a temporary folder, then gone."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find_programs", "serve"]

_USER = "midime"


def find_programs() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``; Debian keeps it out of PATH."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    folders = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(folders, key=lambda path: int(path.parts[-3]), default=None)
    return None if newest is None else newest.parent


@contextmanager
def serve(programs: Path) -> Iterator[str]:
    """Start a server; yields its address for SQLAlchemy.

    PostgreSQL refuses to run as root, so root (a build machine) becomes the user that comes with
    Debian's package.
    """
    # Not pytest's folder: the path of a socket may have 107 letters.
    with tempfile.TemporaryDirectory(prefix="midime-pg-") as name:
        folder = Path(name)
        as_user = {}
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
            as_user = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}

        def run(*command: str) -> None:
            # To a file: a server that inherited a pipe would keep it open for ever.
            with (folder / "log.txt").open("ab") as log:
                done = subprocess.run(
                    command,
                    cwd=folder,
                    env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    check=False,
                    timeout=120,
                    **as_user,
                )
            if done.returncode:
                raise RuntimeError((folder / "log.txt").read_text(errors="replace"))

        data = str(folder / "data")
        run(
            *(str(programs / "initdb"), "--pgdata", data, "--username", _USER),
            *("--auth", "trust", "--encoding", "UTF8", "--no-sync"),
        )
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run(str(programs / "pg_ctl"), "start", "--wait", "--pgdata", data, "--options", options)
        try:
            yield f"postgresql://{_USER}@/postgres?host={folder}"
        finally:
            run(str(programs / "pg_ctl"), "stop", "--mode", "immediate", "--pgdata", data)
