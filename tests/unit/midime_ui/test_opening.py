"""The server opens its own first page, so that the first visitor need not wait for imports."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from midime_ui import opening

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from pathlib import Path
    from typing import Any

    import pytest
    from streamlit.proto.BackMsg_pb2 import BackMsg

Result = TypeVar("Result")

SCRIPT = """
from pathlib import Path
import streamlit as st
from midime_ui import opening

if __name__ == "__main__":
    with Path(__file__).with_name("runs").open("a") as runs:
        runs.write("x")
else:
    app = st.App(__file__, lifespan=opening.opened)
"""


class FakeRuntime:
    """Sessions whose script comes to an end, or does not."""

    def __init__(self, *, ends: bool = True) -> None:
        self.ends, self.open, self.asked = ends, set(), []

    def connect_session(self, client, _) -> str:
        self.client = client
        self.open.add("it")
        return "it"

    def handle_backmsg(self, _: str, message: BackMsg) -> None:
        self.asked.append(message.WhichOneof("type"))
        if self.ends:
            end = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)
            self.client.write_forward_msg(end)

    def close_session(self, session: str) -> None:
        self.open.discard(session)


def _run(what: Coroutine[Any, Any, Result]) -> Result:
    """In a thread of its own: a browser test before this one leaves its loop running in ours."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, what).result()


def test_a_session_runs_the_page_and_is_closed() -> None:
    """Nothing of it stays with the server."""
    runtime = FakeRuntime()
    assert _run(opening.open_first_page(runtime))
    assert runtime.asked == ["rerun_script"]
    assert not runtime.open


def test_a_page_that_takes_too_long_keeps_nobody_waiting() -> None:
    """The server answers without it."""
    runtime = FakeRuntime(ends=False)
    assert not _run(opening.open_first_page(runtime, patience=0.01))
    assert not runtime.open


def test_a_server_answers_also_when_that_fails(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The fault is in the log; visitors can come."""

    def broken() -> None:
        raise RuntimeError("no runtime")

    monkeypatch.setattr(opening, "get_instance", broken)

    async def start() -> str:
        async with opening.opened(None):
            return "answers"

    assert _run(start()) == "answers"
    assert "could not be opened" in caplog.text


def test_the_script_of_a_served_app_has_run_before_anybody_comes(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """Also with a plain ``streamlit run``, and once."""
    script = tmp_path / "tiny.py"
    script.write_text(SCRIPT)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--server.headless=true", f"--server.port={port}", "--server.address=127.0.0.1"]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", os.fspath(script), *options],
        env={**os.environ, "PYTHONPATH": str(pytestconfig.rootpath)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health")
        assert (tmp_path / "runs").read_text() == "x"
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_until_healthy(url: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own server
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not start")
