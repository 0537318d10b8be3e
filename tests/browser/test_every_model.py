"""Each embedded model in a real browser: preselected, trained, heard, taken home."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import mido
import pytest

from midime_engine import examples
from midime_engine.musicvae import get_config
from midime_engine.plots.theme import palette
from tests.support.studio import a_tune

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from midime_engine.plots.theme import Theme

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

PATIENCE_MS = 180_000
SONGS = {
    "trio_4bar": (examples.read("back_porch_blues"), "Trio, 4 bars", "6 pieces of 4 bars"),
    "drums_2bar": (examples.read("corner_shop_groove"), "Drums, 2 bars", "8 pieces of 2 bars"),
    "mel_16bar": (a_tune(n_bars=64, qpm=90), "Melody, 16 bars", "4 pieces of 16 bars"),
}


DESK, PHONE = (1280, "light"), (390, "dark")


@pytest.mark.parametrize(
    ("model", "screen"),
    [("trio_4bar", PHONE), ("drums_2bar", DESK), ("mel_16bar", DESK)],
    ids=str,
)
def test_the_whole_way(
    browser: Browser, address: str, tmp_path: Path, model: str, screen: tuple[int, Theme]
) -> None:
    """From a song to three tracks in another program, on a desk and on a phone."""
    data, title, pieces = SONGS[model]
    width, scheme = screen
    song = tmp_path / "song.mid"
    song.write_bytes(data)
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, accept_downloads=True
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))

    # Bands and drums are recognised; for the long form the visitor asks.
    page.goto(f"{address}/?model={model}" if model == "mel_16bar" else address)
    page.get_by_role("heading", level=1).wait_for()
    page.locator("input[type=file]").set_input_files(song)
    page.get_by_text(pieces, exact=True).wait_for()
    assert page.get_by_role("radio", name=title).is_checked()
    page.get_by_role("button", name="Play", exact=True).first.wait_for()

    press(page, "Hear what the model understood", "What the model heard")
    page.get_by_text("As the model plays it").wait_for()
    page.get_by_role("button", name="Play", exact=True).first.wait_for()
    press(page, "Train a MidiMe", "Train a MidiMe on your song")
    page.get_by_text("Time taken").wait_for()
    page.get_by_text("How close to your song?").wait_for()
    press(page, "Explore variations", "Explore variations of your song")
    page.get_by_role("heading", name="Your variation").wait_for()
    page.get_by_role("button", name="Play", exact=True).first.wait_for()
    page.get_by_role("tab", name="Compare").click()
    page.get_by_role("heading", name="Nearest piece of your song").wait_for()

    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    drawn = page.locator("[data-testid=stPlotlyChart]").last
    drawn.locator(".points path").first.wait_for()
    assert colours_of(page) <= {rgb(colour) for colour in palette(scheme).roles.values()}
    with page.expect_download() as waiting:
        page.get_by_role("button", name="MIDI", exact=True).first.click()
    kind = title.partition(",")[0].lower()
    assert waiting.value.suggested_filename == f"song-{kind}-variation-0.mid"
    file = mido.MidiFile(file=io.BytesIO(waiting.value.path().read_bytes()))
    assert {track.name for track in file.tracks[1:]} <= set(get_config(model).parts)
    assert not faults
    context.close()


def press(page: Page, button: str, title: str) -> None:
    """Press the way on and wait for the page."""
    page.get_by_role("button", name=button).first.click()
    page.get_by_role("heading", name=title, level=1).wait_for()


def colours_of(page: Page) -> set[str]:
    """In which colours notes are drawn, pale or not; what the legend alone shows has no width."""
    bars = page.locator("[data-testid=stPlotlyChart] .points path")
    fills = bars.evaluate_all(
        "all => all.filter(path => path.getBoundingClientRect().width > 0)"
        ".map(path => getComputedStyle(path).fill)"
    )
    return {"rgb(" + ", ".join(re.findall(r"[\d.]+", fill)[:3]) + ")" for fill in fills}


def rgb(colour: str) -> str:
    """``#rrggbb`` as a browser says it."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgb({red}, {green}, {blue})"


def test_a_model_that_cannot_be_downloaded_is_a_sentence(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    """And the embedded one goes on working."""
    song = tmp_path / "song.mid"
    song.write_bytes(SONGS["trio_4bar"][0])
    page = browser.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{address}/?model=magenta/trio_4bar")
    page.get_by_role("heading", level=1).wait_for()
    page.locator("input[type=file]").set_input_files(song)
    page.get_by_role("button", name="Download and use (18 MB)").click()
    page.get_by_text("cannot be reached").wait_for()
    assert page.get_by_role("radio", name="Trio, 4 bars").is_checked()
    page.get_by_role("button", name="Train a MidiMe").wait_for()
    page.close()
