"""One file from the web, resumable, within limits, every failure a sentence.

The file grows under a name of its own; ``requests`` does the talking. Where an earlier attempt
stopped, a ``Range`` request with ``If-Range`` goes on, so that a file that has changed meanwhile
comes whole again instead of as two halves. What a server tells of its content (length, Google's
MD5) is checked.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from midime_engine.catalogue import answers
from midime_engine.catalogue.answers import EMBEDDED, InterruptedTransferError
from midime_engine.catalogue.disk import disk_error
from midime_engine.catalogue.settings import CACHE, MAX_DOWNLOAD, MIRROR
from midime_engine.errors import DownloadError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from requests import Response, Session

    from midime_engine.catalogue.patience import Patience

__all__ = ["download", "partial_bytes"]

_BLOCK: Final = 1 << 18
_SPARE: Final = 64 * 1024**2
"""Bytes of the disk that a download leaves free."""


def download(
    session: Session,
    url: str,
    target: Path,
    *,
    max_bytes: int,
    patience: Patience,
    advance: Callable[[int, int | None], None],
) -> None:
    """Bring what is at ``url`` to ``target``, which appears when it is whole and not before.

    Args:
        session: of ``requests``; its connection is used again for the next file.
        url: of the file.
        target: its place; its folder exists.
        max_bytes: more is refused.
        patience: how long to wait.
        advance: told the bytes that are there and the bytes of all, None if nobody knows. Whatever
            it raises ends the download, which can be taken up again.

    Raises:
        DownloadError: it could not be had; what has come so far is kept for the next attempt.
    """
    attempt = _Attempt(
        session=session,
        url=url,
        part=_part(target),
        max_bytes=max_bytes,
        patience=patience,
        advance=advance,
    )
    fruitless = 0
    while True:
        before = _size(attempt.part)
        try:
            attempt.run()
            break
        except InterruptedTransferError as error:
            gain = _size(attempt.part) - before
            fruitless = 1 if gain >= patience.least_bytes else fruitless + 1
            if fruitless >= patience.attempts:
                raise DownloadError(
                    f"The download of {url} broke off: {error}",
                    remedy=f"Try again: it goes on where it stopped. {EMBEDDED}",
                ) from error
            time.sleep(patience.pause * 2 ** (fruitless - 1))
        except OSError as error:
            raise disk_error(error, target.parent) from error
    attempt.part.replace(target)
    attempt.note.unlink(missing_ok=True)


def partial_bytes(target: Path) -> int:
    """How much of ``target`` there is, finished or not."""
    return _size(target) or _size(_part(target))


def _part(target: Path) -> Path:
    return target.with_name(f"{target.name}.part")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    """Requests for one file, one after another."""

    session: Session
    url: str
    part: Path
    max_bytes: int
    patience: Patience
    advance: Callable[[int, int | None], None]

    @property
    def note(self) -> Path:
        """Where it says which version of the file the part is of."""
        return self.part.with_name(f"{self.part.name}.json")

    def run(self) -> None:
        """Ask for what is missing and write it.

        Raises:
            InterruptedTransferError: another attempt may help.
            DownloadError: none will.
            OSError: it cannot be written.
        """
        start, headers = self._resumption()
        with contextlib.closing(self._get(headers)) as response:
            if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                if response.headers.get("Content-Range") == f"bytes */{start}":
                    return  # it was all there
                self._forget()
                raise InterruptedTransferError("the server has another file now")
            answers.require_file(response, self.url)
            total = answers.length(response)
            if response.status_code == HTTPStatus.PARTIAL_CONTENT:
                first, total = answers.content_range(response)
                if first != start:
                    self._forget()
                    raise InterruptedTransferError(
                        "the server sent another part than the one asked for"
                    )
            else:
                start = 0
                self._begin(response)
            self._require_room(start, total)
            self._write(response, start, total)

    def _resumption(self) -> tuple[int, dict[str, str]]:
        have = _size(self.part)
        if have:
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                note = json.loads(self.note.read_text(encoding="utf-8"))
                if note["url"] == self.url and isinstance(note["version"], str):
                    return have, {"Range": f"bytes={have}-", "If-Range": note["version"]}
        return 0, {}

    def _get(self, headers: dict[str, str]) -> Response:
        import requests
        import urllib3

        host = urlsplit(self.url).netloc
        try:
            response = self.session.get(
                self.url,
                # Unpacked on the way, a file has no length, and its ranges mean something else.
                headers={"Accept-Encoding": "identity", **headers},
                stream=True,
                timeout=(self.patience.connect, self.patience.read),
            )
        except requests.exceptions.SSLError as error:
            raise DownloadError(
                f"{host} could not prove who it is, so nothing was downloaded from it.",
                remedy="If your network looks into encrypted traffic, set REQUESTS_CA_BUNDLE to "
                f"the file of its certificate. {EMBEDDED}",
            ) from error
        except requests.exceptions.ReadTimeout as error:
            raise InterruptedTransferError(f"{host} does not answer") from error
        except requests.exceptions.RequestException as error:
            reason = getattr(error.args[0], "reason", None) if error.args else None
            passing = isinstance(error, requests.exceptions.ConnectionError) and not isinstance(
                error, requests.exceptions.ConnectTimeout | requests.exceptions.ProxyError
            )
            if passing and not isinstance(reason, urllib3.exceptions.NewConnectionError):
                raise InterruptedTransferError("the connection was lost") from error
            raise DownloadError(
                f"{host} cannot be reached.",
                remedy="Check the network, or whether a firewall or proxy keeps the server away "
                f"(HTTPS_PROXY names a proxy, {MIRROR} another server). {EMBEDDED}",
            ) from error
        if self.url.startswith("https:") and not response.url.startswith("https:"):
            response.close()
            raise DownloadError(
                f"{host} leads to an address that is not encrypted.",
                remedy=f"Download from another network. {EMBEDDED}",
            )
        return response

    def _require_room(self, start: int, total: int | None) -> None:
        if total is not None and total > self.max_bytes:
            self._forget()
            raise _too_large(self.url, self.max_bytes)
        free = shutil.disk_usage(self.part.parent).free
        missing = (total or 0) - start
        if missing + _SPARE > free:
            raise DownloadError(
                f"The disk is too full for the download: {missing / 1e6:,.0f} MB are to come, "
                f"{free / 1e6:,.0f} MB are free.",
                remedy=f"Make room, or set {CACHE} to a folder on another disk.",
            )

    def _begin(self, response: Response) -> None:
        """Start the part afresh, and note what it is going to be a part of."""
        self._forget()
        version = answers.version(response)
        if version is not None:
            self.note.write_text(
                json.dumps({"url": self.url, "version": version}), encoding="utf-8"
            )

    def _forget(self) -> None:
        self.part.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)

    def _write(self, response: Response, start: int, total: int | None) -> None:
        have = start
        since, at_since = time.monotonic(), have
        self.advance(have, total)
        with self.part.open("ab" if start else "wb") as file:
            while block := _next_block(response):
                have += len(block)
                if have > self.max_bytes:
                    file.close()
                    self._forget()
                    raise _too_large(self.url, self.max_bytes)
                file.write(block)
                self.advance(have, total)
                now = time.monotonic()
                if now - since > self.patience.window:
                    if have - at_since < self.patience.least_bytes:
                        raise InterruptedTransferError("the server sends next to nothing")
                    since, at_since = now, have
        if total is not None and have < total:
            raise InterruptedTransferError(f"{have:,} of {total:,} bytes have come")
        self._require_stated_content(response)

    def _require_stated_content(self, response: Response) -> None:
        stated = answers.stated_md5(response)
        if stated is None:
            return
        with self.part.open("rb") as file:
            digest = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False))
        if digest.digest() != stated:
            self._forget()
            raise InterruptedTransferError("what came is not what the server announced")


def _next_block(response: Response) -> bytes:
    """Whatever has come, up to a limit; it does not wait until there is more, as iterating does."""
    import urllib3

    raw: Any = response.raw
    try:
        return bytes(raw.read1(_BLOCK) or b"")
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise InterruptedTransferError("the connection was lost") from error


def _too_large(url: str, max_bytes: int) -> DownloadError:
    return DownloadError(
        f"{url} is larger than the {max_bytes / 1e6:,.0f} MB that it may have.",
        remedy=f"Choose a smaller model; {MAX_DOWNLOAD} sets the largest download allowed, in MB.",
    )
