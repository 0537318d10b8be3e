"""How long a visitor waits: for the first page, for the first sound, and after moving a slider.

python run.py [--users 12] [--moves 40]

Serves the app on a port of its own and drives it with headless Chromium on the same machine, so the
network takes no time and everything else does: the browser and its sound share the cores with the
server. Times are read off the page's own clock. Many users at once are clients that cost next to
nothing (clients.py): as many browsers would need more cores than the server that they measure.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import csv
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

from clients import visit
from playwright.async_api import async_playwright

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from playwright.async_api import Browser, Page, Playwright

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
EXAMPLES = ("Greensleeves", "Ode to Joy", "Minuet in G", "Korobeiniki")
PATIENCE_MS = 60_000
NO_CHANGE_MS = 1_500
"""A slider that moves within the same notes makes no new sound."""
THINKING_SECONDS = 2.0
MOVES_OF_A_USER = 10
SLIDERS = 4

WATCH = """
window.sounds = [];
window.pressed = 0;
addEventListener("keydown", () => { window.pressed = performance.now(); }, true);
addEventListener("midime:sound", (event) => {
    window.sounds.push(event.detail.key);
    if (event.detail.key === "variation") window.tell?.(performance.now());
});
window.drawn = 0;
new MutationObserver((changes) => {
    for (const { target } of changes) {
        if (target instanceof SVGElement && target.closest(".st-key-variation_roll")) {
            window.drawn = performance.now();
        }
    }
}).observe(document, { subtree: true, childList: true });
"""

LISTEN = f"""
window.heard = new Promise((resolve) => {{
    window.tell = resolve;
    setTimeout(resolve, {NO_CHANGE_MS}, null);
}});
0
"""
"""Asking the page again and again, as the driver would, keeps it from its work."""


@contextlib.contextmanager
def served() -> Iterator[str]:
    """A fresh server with folders of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "MIDIME_DATA": f"{folder}/data",
            "MIDIME_CACHE": f"{folder}/cache",
        }
        address = f"http://127.0.0.1:{port}"
        command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py"]
        server = subprocess.Popen(
            [*command, "--server.port", str(port), "--server.address", "127.0.0.1"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            while True:
                with contextlib.suppress(OSError):
                    urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()  # noqa: S310
                    break
                time.sleep(0.05)
            yield address
        finally:
            server.terminate()
            server.wait(timeout=30)


@contextlib.asynccontextmanager
async def visitor(browser: Browser) -> AsyncIterator[Page]:
    """Somebody whom the server does not know; an error on the page is an error here."""
    context = await browser.new_context(viewport={"width": 1280, "height": 900})
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    await page.add_init_script(WATCH)
    yield page
    await context.close()


async def landing(browser: Browser, address: str) -> float:
    """Seconds until the first page can be used."""
    async with visitor(browser) as page:
        began = time.perf_counter()
        await page.goto(address)
        await page.get_by_role("button", name="Hear an example").wait_for()
        return time.perf_counter() - began


async def launched(playwright: Playwright) -> Browser:
    """A browser of its own."""
    return await playwright.chromium.launch(
        executable_path=shutil.which("chromium"),
        args=["--no-sandbox", "--autoplay-policy=no-user-gesture-required"],
    )


async def landing_of_fresh_browser(playwright: Playwright, address: str) -> float:
    """The same in a browser that has compiled nothing yet, on a server that has had visitors."""
    browser = await launched(playwright)
    seconds = await landing(browser, address)
    await browser.close()
    return seconds


async def three_clicks(page: Page, address: str, example: str) -> float:
    """Seconds from the click on an example until the first personalised sound."""
    await page.goto(address)
    await page.get_by_role("button", name="Hear an example").wait_for()
    began = time.perf_counter()
    await page.locator("[data-testid=stButtonGroup]").get_by_text(example).first.click()
    await page.get_by_role("button", name="Train a MidiMe").first.click()
    await page.get_by_text("Time taken").wait_for()
    await page.get_by_role("button", name="Explore variations").first.click()
    await page.wait_for_function("window.sounds.includes('variation')")
    return time.perf_counter() - began


async def moves(page: Page, n: int, *, pause: float = 0.3) -> tuple[list[float], list[float]]:
    """Milliseconds from a key on a slider until its sound is scheduled, and its notes are drawn.

    The hand walks about, so that hardly any place is one whose sound the server has kept.
    """
    chance = random.Random(round(10 * pause))  # noqa: S311 - the same walk in every run
    waits, notes = [], []
    for move in range(n):
        slider = page.get_by_role("slider", name=f"Slider {1 + move % SLIDERS}")
        await page.evaluate(LISTEN)
        await slider.press(chance.choice(("PageUp", "PageDown")))
        heard = await page.evaluate("window.heard")
        if heard is not None:
            waits.append(heard - await page.evaluate("window.pressed"))
        await asyncio.sleep(pause)
        drawn = await page.evaluate("window.drawn - window.pressed")
        if 0 < drawn < NO_CHANGE_MS:
            notes.append(drawn)
    return waits, notes


async def measure(address: str, n_users: int, n_moves: int) -> list[tuple[str, float, str]]:
    """All figures: what, how much, in which unit."""
    async with async_playwright() as playwright:
        browser = await launched(playwright)
        rows = [("landing, first visitor of a server", await landing(browser, address), "s")]
        again = [await landing(browser, address) for _ in range(5)]
        rows.append(("landing, later visitors, median of 5", statistics.median(again), "s"))
        cold = [await landing_of_fresh_browser(playwright, address) for _ in range(3)]
        rows.append(("landing, browsers just started, median of 3", statistics.median(cold), "s"))
        async with visitor(browser) as page:
            first = await three_clicks(page, address, EXAMPLES[0])
            rows.append(("three clicks to the first personalised sound", first, "s"))
            for pause in (0.3, 1.0):
                waits, notes = await moves(page, n_moves, pause=pause)
                rows += spread(f"slider to sound, {pause} s between moves", waits)
                rows += spread(f"slider to notes, {pause} s between moves", notes)
        async with visitor(browser) as page:
            first = await three_clicks(page, address, EXAMPLES[1])
            rows.append(("the same, second visitor", first, "s"))
        await browser.close()
    if n_users:
        rows += await many(address, n_users)
    return rows


async def many(address: str, n_users: int) -> list[tuple[str, float, str]]:
    """Users at once who do not draw: seconds from a move until its sound has arrived."""
    visits = [
        visit(
            address,
            EXAMPLES[i % len(EXAMPLES)],
            n_moves=MOVES_OF_A_USER,
            thinking=THINKING_SECONDS,
            number=i,
        )
        for i in range(n_users)
    ]
    users = await asyncio.gather(*visits)
    everyone = f"{n_users} users at once"
    firsts = [first for first, _ in users]
    waits = [1000 * wait for _, each in users for wait in each]
    return [
        (f"{everyone}: three clicks, median", statistics.median(firsts), "s"),
        (f"{everyone}: three clicks, slowest", max(firsts), "s"),
        *spread(f"{everyone}: slider to sound", waits),
    ]


def spread(what: str, waits: list[float]) -> list[tuple[str, float, str]]:
    """Median and ninetieth percentile of what was heard."""
    ninety = statistics.quantiles(waits, n=10)[-1]
    return [
        (f"{what}, median of {len(waits)}", statistics.median(waits), "ms"),
        (f"{what}, 90 of 100 below", ninety, "ms"),
    ]


def main() -> None:
    """Measure, print and write results.csv."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--users", type=int, default=12)
    parser.add_argument("--moves", type=int, default=40)
    options = parser.parse_args()
    with served() as address:
        rows = asyncio.run(measure(address, options.users, options.moves))
    load = os.getloadavg()[0]
    with (HERE / "results.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("figure", "value", "unit", "load at the end"))
        for what, value, unit in rows:
            print(f"{what}: {value:.2f} {unit}" if unit == "s" else f"{what}: {value:.0f} {unit}")
            writer.writerow((what, f"{value:.3f}", unit, f"{load:.1f}"))


if __name__ == "__main__":
    main()
