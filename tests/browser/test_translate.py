"""A melody is carried over to drums, in a real browser."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import mido
import pytest

from tests.support.browser import PATIENCE_MS, settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

PERCUSSION = 9


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A visitor who has no song yet."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    yield page
    context.close()


def press(page: Page, key: str) -> None:
    """Press the button with that key, and wait for what follows."""
    page.locator(f".st-key-{key} button").first.click()
    settle(page)


def exported(page: Page) -> bytes:
    """The duet as a MIDI file."""
    with page.expect_download() as waiting:
        page.locator(".st-key-duet_midi button").first.click()
    return waiting.value.path().read_bytes()


def active(page: Page) -> str:
    """Which player sounds."""
    playing = page.locator("[class*='_midime_player']", has=page.locator(".is-active"))
    playing.first.wait_for()
    assert playing.count() == 1
    return playing.first.get_attribute("class") or ""


def test_a_melody_gets_drums_that_are_kept_and_taken_home(page: Page, address: str) -> None:
    """Four answers, another strictness, both together, one file of several parts."""
    page.goto(address)
    page.get_by_role("heading", level=1).wait_for()
    page.get_by_role("link", name="Carry over").first.click()
    # Two base models are loaded for it.
    page.get_by_role("heading", name="The map that both share").wait_for(timeout=2 * PATIENCE_MS)
    settle(page)
    strict = exported(page)

    page.get_by_role("slider", name="How strictly it follows").first.press("Home")
    settle(page)
    free = exported(page)
    assert free != strict

    press(page, "duet_choose_2")
    page.get_by_role("heading", name="Answer 3", exact=True).wait_for()
    chosen = exported(page)
    assert chosen != free

    both = page.locator("[class*='st-key-duet_both_midime_player']")
    both.get_by_role("button", name="Play").first.click()
    assert "duet_both" in active(page)
    page.keyboard.press("x")
    page.locator("[class*='st-key-duet_source_midime_player'] .is-active").wait_for()
    assert "duet_source" in active(page)

    press(page, "duet_keep")
    assert page.locator("[class*='st-key-duet_kept_'][class*='_midime_player']").count() == 1

    file = mido.MidiFile(file=io.BytesIO(chosen))
    channels = [
        {message.channel for message in track if message.type == "note_on"} for track in file.tracks
    ]
    sounding = [each for each in channels if each]
    assert len(sounding) >= 2
    assert {PERCUSSION} in sounding
    assert any(PERCUSSION not in each for each in sounding)
