"""Photograph every page: light, dark and on a phone.

``make screenshots`` serves the app, goes the way of a visitor in headless Chromium and writes
``docs/screenshots/PAGE-LOOK.png``.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "docs" / "screenshots"
COMMAND: Final = (sys.executable, "-m", "streamlit", "run", "streamlit_app.py")
EXAMPLE: Final = "Greensleeves"
PATIENCE_MS: Final = 120_000
SETTLED_MS: Final = 1500
"""After the server's last word: charts and sounds arrive, animations end."""


MIDDLE_PITCH: Final = 71
"""As many pieces are higher as are lower."""


class Look(NamedTuple):
    """How a visitor sees the app."""

    name: str
    width: int
    height: int
    scheme: Literal["light", "dark"]


LOOKS: Final = (
    Look("light", 1280, 900, "light"),
    Look("dark", 1280, 900, "dark"),
    Look("phone", 390, 844, "light"),
)


@contextlib.contextmanager
def served() -> Iterator[str]:
    """A server whose library is empty."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "MIDIME_DATA": folder, "MIDIME_CACHE": f"{folder}/cache"}
        server = subprocess.Popen(
            [*COMMAND, "--server.port", str(port), "--server.address", "127.0.0.1"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        try:
            while True:
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health").close()
                    break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=30)


def settle(page: Page) -> None:
    """Wait until nothing on the page is going to change."""
    page.wait_for_timeout(500)
    page.wait_for_function(
        "!document.querySelector('[data-testid=stApp][data-test-script-state=running]')"
    )
    page.wait_for_timeout(SETTLED_MS)


def shoot(page: Page, name: str, look: Look) -> None:
    """The whole page, however long it is."""
    settle(page)
    # Streamlit scrolls inside the page: as high as its content, all of it is on the picture.
    height = page.evaluate(
        "Math.max(...[...document.querySelectorAll('[data-testid=stMain]')]"
        ".map((main) => main.scrollHeight), innerHeight)"
    )
    page.set_viewport_size({"width": look.width, "height": int(height)})
    page.wait_for_timeout(SETTLED_MS)
    page.screenshot(path=FOLDER / f"{name}-{look.name}.png")
    page.set_viewport_size({"width": look.width, "height": look.height})


def press(page: Page, button: str) -> None:
    """Press a way on, and wait for what comes."""
    page.get_by_role("button", name=button).first.click()
    settle(page)


def go(page: Page, address: str, look: Look) -> None:
    """The way from the door to the library."""
    page.goto(address)
    page.get_by_role("heading", level=1).wait_for()
    shoot(page, "landing", look)
    page.locator("[data-testid=stButtonGroup]").get_by_text(EXAMPLE).first.click()
    page.get_by_role("heading", name="Your song", exact=True).wait_for()
    shoot(page, "song", look)
    press(page, "Hear what the model understood")
    shoot(page, "embedding", look)
    press(page, "Train a MidiMe")
    page.get_by_text("Time taken").wait_for()
    shoot(page, "train", look)
    press(page, "Explore variations")
    press(page, "Surprise me")
    shoot(page, "explore", look)
    for tab in ("Map", "Longer piece", "Compare"):
        page.get_by_role("tab", name=tab).click()
        shoot(page, f"explore-{tab.lower().replace(' ', '-')}", look)
    page.get_by_text("Keep and share").click()
    settle(page)
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.get_by_text("Saved in your library").wait_for()
    page.get_by_role("link", name="Open your library").first.click()
    page.get_by_role("heading", name="Your library").wait_for()
    settle(page)
    # Nobody's way into a library belongs on a picture.
    page.locator("[data-testid=stCode] code").evaluate_all(
        "all => all.forEach((code) => { code.textContent = ADDRESS; })".replace(
            "ADDRESS", "'https://midime.example/library?owner=…'"
        )
    )
    shoot(page, "library", look)


def give_rules(page: Page, address: str, look: Look) -> None:
    """Rules for all that a model can play: chosen, learnt, and one piece before and after."""
    page.goto(f"{address}/constraints")
    page.get_by_text("pieces keep the rule").first.wait_for()
    settle(page)
    page.locator(".st-key-rules_offer").get_by_text("Learn every key at once").click()
    settle(page)
    press(page, "Train these rules")
    page.get_by_role("heading", name="Before and after").wait_for()
    shoot(page, "rules", look)


def teach_taste(page: Page, address: str, look: Look) -> None:
    """Somebody who likes high notes: ten ratings, what they teach, one piece before and after."""
    page.goto(f"{address}/ratings")
    page.get_by_role("button", name="Dislike").wait_for()
    settle(page)
    heights = (
        "[...document.querySelector('.st-key-rating_one_roll .js-plotly-plot')._fullData]"
        ".filter((trace) => trace.type === 'bar').flatMap((trace) => [...trace.y])"
    )
    for _ in range(10):
        pitches = page.evaluate(heights)
        page.keyboard.press("l" if sum(pitches) > MIDDLE_PITCH * len(pitches) else "d")
        settle(page)
    press(page, "Make it lean my way")
    page.get_by_role("heading", name="Before and after").wait_for()
    shoot(page, "taste", look)


def bend_drawings(page: Page, address: str, look: Look) -> None:
    """The model of drawings, bent to be rounder."""
    page.goto(f"{address}/sketches")
    page.get_by_role("heading", name="What it draws").wait_for()
    settle(page)
    press(page, "Bend the drawings")
    page.get_by_role("heading", name="Rounder: before and after").wait_for()
    shoot(page, "drawings", look)


def carry_over(page: Page, address: str, look: Look) -> None:
    """Drums that go with the melody of an example, one of which is kept."""
    page.goto(f"{address}/translate")
    page.get_by_role("heading", name="The map that both share").wait_for()
    press(page, "Keep this duet")
    page.get_by_text("1 duet.").wait_for()
    shoot(page, "translate", look)


def main() -> None:
    """Write all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for look in LOOKS:
            context = browser.new_context(
                viewport={"width": look.width, "height": look.height}, color_scheme=look.scheme
            )
            page = context.new_page()
            page.set_default_timeout(PATIENCE_MS)
            go(page, address, look)
            give_rules(page, address, look)
            teach_taste(page, address, look)
            carry_over(page, address, look)
            bend_drawings(page, address, look)
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
