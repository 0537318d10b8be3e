"""The app as it is served, and a browser that looks at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

START_SECONDS = 60.0


@pytest.fixture(scope="session")
def address(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a fresh server of the app listens."""
    script = ["streamlit", "run", "streamlit_app.py"]
    with _served(script, pytestconfig.rootpath, tmp_path_factory) as served:
        yield served


@pytest.fixture(scope="session")
def stage(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a page with nothing but players is served."""
    script = ["streamlit", "run", "tests/support/player_stage.py"]
    with _served(script, pytestconfig.rootpath, tmp_path_factory) as served:
        yield served


@contextmanager
def _served(
    module: list[str], root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a fresh server; its log is shown when it does not start."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log.txt"
    command = [sys.executable, "-m", *module]
    options = ["--server.port", str(port), "--server.address", "127.0.0.1"]
    environment = {name: value for name, value in os.environ.items() if name != "MIDIME_MODEL"}
    # Nothing of a test leaves this machine, and nothing of it is kept.
    environment["MIDIME_MIRROR"] = "http://127.0.0.1:9"
    environment["MIDIME_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    environment["MIDIME_DATA"] = str(tmp_path_factory.mktemp("data"))
    environment["PYTHONPATH"] = str(root)
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*command, *options],
            cwd=root,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health", log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait_until_healthy(url: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"The app did not start:\n{log.read_text(errors='replace')}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The distribution's Chromium, without a window."""
    from playwright.sync_api import sync_playwright

    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        pytest.skip("there is no chromium on this machine")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=executable,
            # As if the visitor had clicked somewhere before.
            args=["--autoplay-policy=no-user-gesture-required"],
        )
        yield chromium
        chromium.close()
