"""Variations, what is kept of them, journeys between them and longer pieces, in a real browser."""

from __future__ import annotations

import io
import math
import re
from typing import TYPE_CHECKING

import mido
import pytest

from tests.support.browser import explore, settle, visitors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

SMALL_PLAYERS = "[class*='st-key-{}_'][class*='_midime_player']"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A visitor who has no song yet."""
    with visitors(browser, viewport={"width": 1280, "height": 900}, accept_downloads=True) as pages:
        yield pages[0]


def look_at_variations(page: Page, address: str) -> None:
    """From the door to the variations of an example."""
    explore(page, address)
    page.get_by_role("tab", name=re.compile("Variations")).click()
    page.get_by_role("button", name="New eight").wait_for()
    settle(page)


def press(page: Page, key: str) -> None:
    """Press the button with that key, and wait for what follows."""
    page.locator(f".st-key-{key} button").first.click()
    settle(page)


def press_card(page: Page, number: int, name: str) -> None:
    """Press a button of a card on the board, and wait for what follows."""
    page.locator(SMALL_PLAYERS.format(f"card_{number}")).get_by_role("button", name=name).click()
    settle(page)


def seeds(page: Page) -> list[str]:
    """What the cards say they are."""
    return page.locator(".st-key-board .heading").all_inner_texts()


def choose(page: Page, key: str, number: int) -> None:
    """Choose from a list by its place in it."""
    option = page.get_by_role("option").nth(number)
    for _ in range(10):  # A list that opens while the page is still being drawn closes again.
        if option.count():
            break
        page.locator(f".st-key-{key} input").first.click()
        page.wait_for_timeout(1000)
    option.click()
    settle(page)


def n_bars(data: bytes) -> int:
    """Bars of 4/4 until the last note of a MIDI file ends."""
    file = mido.MidiFile(file=io.BytesIO(data))
    tempos = [m.tempo for track in file.tracks for m in track if m.type == "set_tempo"]
    assert len(tempos) == 1
    return math.ceil(file.length / (4 * tempos[0] / 1e6) - 0.01)


def test_variations_are_kept_travelled_between_and_made_into_a_piece(
    page: Page, address: str
) -> None:
    """Eight cards; keep, discard, undo, more like this, to the sliders; a journey; a download."""
    look_at_variations(page, address)
    assert page.locator(SMALL_PLAYERS.format("card")).count() == 8
    before = seeds(page)
    assert len(set(before)) == 8

    press_card(page, 1, "Discard")
    after = seeds(page)
    assert after[1] not in before
    assert after[:1] + after[2:] == before[:1] + before[2:]

    press_card(page, 0, "Keep")
    press_card(page, 5, "Keep")
    kept = page.locator(SMALL_PLAYERS.format("kept"))
    assert kept.count() == 2
    assert page.locator(".st-key-tray input").first.input_value() == before[0]
    page.locator(".st-key-tray button", has_text="Discard").first.click()
    settle(page)
    assert kept.count() == 1
    press(page, "undo")
    assert kept.count() == 2

    press_card(page, 2, "To the sliders")
    assert re.search(r"[?&]z0=-?\d", page.url), page.url
    seed = page.locator(".st-key-seed input").input_value()
    assert f"Seed {seed}" == before[2]

    press_card(page, 2, "More like this")
    page.get_by_text(f"Eight variations near seed {seed}").wait_for()
    settle(page)
    assert page.locator(SMALL_PLAYERS.format("card")).count() == 8

    choose(page, "travel_from", 0)
    choose(page, "travel_to", 1)
    assert page.locator(SMALL_PLAYERS.format("stop")).count() == 5
    press(page, "stop_2_keep")
    assert kept.count() == 3

    page.get_by_role("tab", name=re.compile("Longer piece")).click()
    settle(page)
    page.locator(".st-key-piece_form").get_by_text("A path").click()
    settle(page)
    page.locator(".st-key-piece_harmony label").click()
    settle(page)
    page.get_by_role("button", name="Compose").click()
    page.get_by_text(re.compile(r"\d+ of \d+ notes were moved to the harmony")).wait_for()
    settle(page)
    with page.expect_download() as waiting:
        page.locator(".st-key-piece_midi button").first.click()
    assert n_bars(waiting.value.path().read_bytes()) == 32
