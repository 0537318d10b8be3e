"""The whole way of a visitor, in a real browser on the real app with the real model."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import mido
import pytest

from tests.support.browser import PATIENCE_MS, settle, visitors
from tests.support.studio import a_tune

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

QPM = 96


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new visitor."""
    with visitors(browser, viewport={"width": 1280, "height": 900}, accept_downloads=True) as pages:
        yield pages[0]


def go(page: Page, button: str, title: str) -> None:
    """Press the way on and wait for the page."""
    page.get_by_role("button", name=button).first.click()
    page.get_by_role("heading", name=title, level=1).wait_for()


def upload(page: Page, address: str, folder: Path) -> None:
    """Drop a real multi-bar song."""
    song = folder / "song.mid"
    song.write_bytes(a_tune(n_bars=24, qpm=QPM))
    page.goto(address)
    page.get_by_role("heading", level=1).wait_for()
    page.locator("input[type=file]").set_input_files(song)
    page.get_by_text("12 pieces of 2 bars", exact=True).wait_for()
    page.get_by_role("button", name="Play", exact=True).first.wait_for()


def look_at_training(page: Page) -> None:
    """Open the page for training without beginning one, as the button for it does."""
    page.get_by_role("link", name="Train", exact=True).first.click()
    page.get_by_role("heading", name="Train a MidiMe on your song", level=1).wait_for()


def ask_for_a_long_training(page: Page) -> None:
    """Long enough for a starving browser; the usual hundred rounds last a third of a second."""
    page.get_by_text("Settings (good as they are)").click()
    page.get_by_text("Stop when nothing improves any more").click()
    rounds = page.get_by_role("spinbutton", name="Rounds")
    rounds.fill("1500")
    rounds.press("Enter")
    settle(page)


def watch_the_curve(page: Page) -> list[int]:
    """Note how far the curve of a training reaches, until the result is there."""
    seen: list[int] = []
    done = page.get_by_text("Time taken")
    for _ in range(PATIENCE_MS // 50):
        text = page.locator("[data-testid=stProgress]").all_inner_texts()
        match = re.search(r"Round (\d+) of", text[0]) if text else None
        if match and (not seen or int(match[1]) != seen[-1]):
            seen.append(int(match[1]))
        if done.count():
            break
        page.wait_for_timeout(50)
    done.wait_for()
    return seen


def the_variation(page: Page) -> tuple[str, str]:
    """The digest of the sound of the variation, and its notes as they are drawn."""
    sound = page.evaluate("midimePlayers.players.get('variation').state().hash")
    drawn = page.locator("[data-testid=stPlotlyChart]").first
    bars = drawn.locator(".points path").evaluate_all("all => all.map(p => p.getAttribute('d'))")
    return sound, "|".join(bars)


def test_from_a_song_to_a_variation_in_another_program(
    page: Page, address: str, tmp_path: Path
) -> None:
    """Upload, listen, train while the curve grows, move a slider, take the music home."""
    upload(page, address, tmp_path)
    go(page, "Hear what the model understood", "What the model heard")
    page.get_by_text("As the model plays it").wait_for()
    players = page.get_by_role("button", name="Play", exact=True)
    players.nth(1).wait_for()
    assert players.count() == 2

    look_at_training(page)
    ask_for_a_long_training(page)
    page.get_by_role("button", name="Train MidiMe").click()
    rounds = watch_the_curve(page)
    assert len(rounds) >= 3, f"the curve was not seen to grow: {rounds}"
    assert rounds == sorted(rounds)

    go(page, "Explore variations", "Explore variations of your song")
    page.get_by_role("heading", name="Your variation").wait_for()
    settle(page)
    before = the_variation(page)
    slider = page.get_by_role("slider", name="Slider 1")
    for key in ["End", "Home"]:  # One of both ends sounds different from the middle.
        slider.press(key)
        settle(page)
        if the_variation(page)[1] != before[1]:
            break
    after = the_variation(page)
    assert after[1] != before[1], "the notes did not change"
    assert after[0] != before[0], "the sound did not change"
    assert re.search(r"[?&]z0=-?3", page.url), page.url

    with page.expect_download() as waiting:
        page.get_by_role("button", name="MIDI", exact=True).first.click()
    file = mido.MidiFile(file=io.BytesIO(waiting.value.path().read_bytes()))
    messages = [message for track in file.tracks for message in track]
    tempos = [round(mido.tempo2bpm(m.tempo)) for m in messages if m.type == "set_tempo"]
    notes = [m for m in messages if m.type == "note_on"]
    assert tempos == [QPM]
    assert notes
    assert all(note.velocity > 0 for note in notes)


def test_the_address_of_an_unfinished_way_leads_back(page: Page, address: str) -> None:
    """A friend who opens a deep link on a fresh session is told what is missing."""
    page.goto(f"{address}/explore?z0=1.5")
    page.get_by_text("needs a song to listen to").wait_for()
    assert page.get_by_role("dialog").count() == 0
    page.get_by_role("link", name="Choose a song").last.click()
    page.get_by_role("heading", name="MidiMe learns your song").wait_for()


def test_a_training_can_be_stopped(page: Page, address: str, tmp_path: Path) -> None:
    """What it had learnt by then is kept, and can be explored."""
    upload(page, address, tmp_path)
    look_at_training(page)
    page.get_by_text("Settings (good as they are)").click()
    rounds = page.get_by_label("Rounds", exact=True)
    rounds.fill("5000")
    rounds.press("Enter")
    page.get_by_text("Stop when nothing improves any more").click()
    settle(page)
    page.get_by_role("button", name="Train MidiMe").click()
    page.get_by_text(re.compile(r"Round \d+ of 5000")).wait_for()
    page.get_by_role("button", name="Stop and keep what it has learnt").click()
    page.get_by_text(re.compile(r"rounds, stopped")).wait_for()
