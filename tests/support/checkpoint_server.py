"""A small HTTP server on this machine that behaves, or misbehaves, as a test says.

It answers range requests as object stores do, with ``ETag`` and ``If-Range``, which Python's own
handler does not.
"""

from __future__ import annotations

import base64
import hashlib
import re
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["CheckpointServer", "Fault", "serving"]


@dataclass
class Fault:
    """How the answers for one path go wrong."""

    status: int | None = None
    """Answer with this status and nothing else."""

    break_after: int | None = None
    """Close the connection when this many bytes of the body are sent."""

    times: int = 10**6
    """How many answers go wrong before the server is well again."""

    seconds_per_block: float = 0.0
    """Wait between blocks."""

    block: int = 1 << 16
    """Bytes sent at once."""

    headers: dict[str, str] = field(default_factory=dict)
    """Instead of, or in addition to, the right ones; an empty value leaves a header out."""

    ignore_ranges: bool = False
    wrong_range: bool = False
    """Send the beginning of the file when its end was asked for."""


class CheckpointServer:
    """What is served, what goes wrong, and what has been asked for."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        """Content by path, which begins with a slash."""

        self.faults: dict[str, Fault] = {}
        self.requests: list[tuple[str, str | None]] = []
        """Path and range of each request, in order."""

        self.gate: threading.Event | None = None
        """While it is not set, no body is sent."""

        self.url = ""

    def serve(self, folder: Path, under: str) -> None:
        """Serve every file of ``folder`` below the path ``under``."""
        for path in sorted(folder.iterdir()):
            self.files[f"{under}/{path.name}"] = path.read_bytes()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    content: CheckpointServer

    def do_GET(self) -> None:
        """Answer as the file and its fault want it."""
        content = self.content
        content.requests.append((self.path, self.headers.get("Range")))
        fault = content.faults.get(self.path, Fault())
        if fault.times <= 0:
            fault = Fault()
        fault.times -= 1
        body = content.files.get(self.path)
        if fault.status is not None or body is None:
            self._answer(fault.status or 404, b"", {}, fault)
            return
        digest = hashlib.md5(body)  # noqa: S324 - as Google's storage does
        headers = {
            "ETag": f'"{digest.hexdigest()}"',
            "x-goog-hash": f"md5={base64.b64encode(digest.digest()).decode()}",
            "Content-Type": "application/octet-stream",
        }
        first = None if fault.ignore_ranges else self._first(headers["ETag"])
        if first is None:
            self._answer(200, body, headers, fault)
        elif first >= len(body):
            self._answer(416, b"", {"Content-Range": f"bytes */{len(body)}"}, fault)
        else:
            first = 0 if fault.wrong_range else first
            headers["Content-Range"] = f"bytes {first}-{len(body) - 1}/{len(body)}"
            self._answer(206, body[first:], headers, fault)

    def _first(self, etag: str) -> int | None:
        """Where the part begins that is asked for; None if all is, or it is of an old file."""
        found = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        fresh = self.headers.get("If-Range") in {None, etag}
        return int(found.group(1)) if found and fresh else None

    def _answer(self, status: int, body: bytes, headers: dict[str, str], fault: Fault) -> None:
        self.send_response(status)
        headers = {"Content-Length": str(len(body)), **headers, **fault.headers}
        for name, value in headers.items():
            if value:
                self.send_header(name, value)
        if not headers["Content-Length"]:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        if self.content.gate is not None:
            self.content.gate.wait(20)
        end = len(body) if fault.break_after is None else fault.break_after
        for start in range(0, end, fault.block):
            try:
                self.wfile.write(body[start : min(end, start + fault.block)])
                self.wfile.flush()
            except OSError:
                self.close_connection = True
                return
            time.sleep(fault.seconds_per_block)
        if end < len(body):
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def serving() -> Iterator[CheckpointServer]:
    """A server that runs until the generator is closed; for a fixture."""
    server = CheckpointServer()
    http = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"content": server}))
    http.daemon_threads = True
    server.url = f"http://127.0.0.1:{http.server_address[1]}"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
