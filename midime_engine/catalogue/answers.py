"""What a server's answer says before its content is read: refusals, lengths, digests."""

from __future__ import annotations

import base64
import binascii
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from midime_engine.catalogue.settings import MIRROR
from midime_engine.errors import DownloadError

if TYPE_CHECKING:
    from requests import Response

__all__ = [
    "EMBEDDED",
    "InterruptedTransferError",
    "content_range",
    "length",
    "require_file",
    "stated_md5",
    "version",
]

EMBEDDED: Final = "The embedded models need no network."
"""The end of every remedy: nobody is stuck without the catalogue."""

_PASSING: Final = frozenset(
    {
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)


class InterruptedTransferError(Exception):
    """An attempt failed in a way that another may mend."""


def require_file(response: Response, url: str) -> None:
    """Raise unless ``response`` brings the file at ``url``, or a part of it.

    Raises:
        InterruptedTransferError: the server is busy or out of order.
        DownloadError: it has no such file, refuses it, or sends a web page instead.
    """
    status = response.status_code
    host = urlsplit(url).netloc
    if status in _PASSING:
        raise InterruptedTransferError(f"{host} is busy or out of order (status {status})")
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        raise DownloadError(
            f"There is nothing at {url} (any more).",
            remedy="Choose another model; if you have the checkpoint, give its path instead.",
        )
    if status not in {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT}:
        raise DownloadError(
            f"{host} refuses {url} (status {status}).",
            remedy="A firewall or proxy may be in the way: try another network, or name another "
            f"server with {MIRROR}. {EMBEDDED}",
        )
    kind = response.headers.get("Content-Type", "")
    packed = response.headers.get("Content-Encoding", "identity")
    if kind.startswith("text/html") or packed != "identity":
        raise DownloadError(
            f"A web page came instead of {url}: perhaps the sign-in page of a network.",
            remedy=f"Sign in to the network in a browser, then try again. {EMBEDDED}",
        )


def version(response: Response) -> str | None:
    """What tells this version of the file from others, byte for byte; None if nothing does."""
    tag = response.headers.get("ETag") or response.headers.get("Last-Modified")
    return None if tag is None or tag.startswith("W/") else tag


def length(response: Response) -> int | None:
    """The bytes of what is being sent, None if it is not said."""
    stated = response.headers.get("Content-Length", "")
    return int(stated) if stated.isdecimal() else None


def content_range(response: Response) -> tuple[int, int | None]:
    """Where the part begins (-1 if it is not said), and the length of the whole."""
    found = re.fullmatch(
        r"bytes (\d{1,15})-\d{1,15}/(\d{1,15}|\*)", response.headers.get("Content-Range", "")
    )
    if found is None:
        return -1, None
    first, total = found.groups()
    return int(first), None if total == "*" else int(total)


def stated_md5(response: Response) -> bytes | None:
    """What Google's storage says of the file as it keeps it, unless it keeps it packed."""
    if response.headers.get("x-goog-stored-content-encoding", "identity") != "identity":
        return None
    found = re.search(r"\bmd5=([A-Za-z0-9+/=]+)", response.headers.get("x-goog-hash", ""))
    try:
        return base64.b64decode(found.group(1), validate=True) if found else None
    except binascii.Error:
        return None
