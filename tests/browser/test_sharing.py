"""Save, share, open in another browser, end: in real browsers on the real app."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import mido
import pytest

from tests.support.browser import settle, visitors
from tests.support.studio import a_tune

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


@pytest.fixture
def people(browser: Browser) -> Iterator[tuple[Page, Page]]:
    """Two visitors who have no cookie in common."""
    with visitors(browser, 2, accept_downloads=True) as (mine, theirs):
        yield mine, theirs


def train(page: Page, address: str, folder: Path) -> None:
    """From a song to the sliders, one of which is moved."""
    song = folder / "song.mid"
    song.write_bytes(a_tune(n_bars=24, qpm=96))
    page.goto(address)
    page.locator("input[type=file]").set_input_files(song)
    page.get_by_text("12 pieces of 2 bars", exact=True).wait_for()
    page.get_by_role("button", name="Train a MidiMe").first.click()
    page.get_by_text("Time taken").wait_for()
    page.get_by_role("button", name="Explore variations").first.click()
    page.get_by_role("heading", name="Your variation").wait_for()
    page.get_by_role("slider", name="Slider 1").press("End")
    settle(page)
    page.get_by_role("slider", name="Slider 2").press("Home")
    settle(page)


def notes(page: Page) -> list[tuple[int, int, int]]:
    """What the MIDI file of the variation holds: pitch, velocity, time."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="MIDI", exact=True).first.click()
    file = mido.MidiFile(file=io.BytesIO(waiting.value.path().read_bytes()))
    messages = [message for track in file.tracks for message in track]
    return [(m.note, m.velocity, m.time) for m in messages if m.type in {"note_on", "note_off"}]


def link(page: Page, mark: str) -> str:
    """The address on the page that has ``mark`` in it."""
    code = page.locator("[data-testid=stCode] code").filter(has_text=mark).first
    return code.inner_text().replace("\n", "").strip()


def test_a_link_plays_the_same_notes_in_another_browser_until_it_is_ended(
    people: tuple[Page, Page], address: str, tmp_path: Path
) -> None:
    """Note by note; and the owner's link leads a third browser to the library."""
    mine, theirs = people
    train(mine, address, tmp_path)
    played = notes(mine)
    assert played
    mine.get_by_text("Keep and share").click()
    mine.get_by_role("button", name="Make a link").click()
    mine.get_by_text("The link follows the sliders").wait_for()
    shared = link(mine, "share=")
    assert shared.startswith(f"{address}/explore?share=")
    assert "z0=3" in shared
    assert "z1=-3" in shared
    owned = link(mine, "owner=")
    assert owned.startswith(f"{address}/library?owner=")

    theirs.goto(shared)
    theirs.get_by_text("Somebody shares").wait_for()
    theirs.get_by_role("heading", name="Your variation").wait_for()
    settle(theirs)
    assert theirs.get_by_role("dialog").count() == 0
    assert theirs.get_by_text("Keep and share").count() == 0
    assert notes(theirs) == played
    assert "share=" in theirs.url, "a reload must lead here again"
    theirs.reload()
    theirs.get_by_text("Somebody shares").wait_for()

    # The short form, at the door.
    theirs.goto(f"{address}/?{shared.split('?')[1].split('&')[0]}")
    theirs.get_by_text("Somebody shares").wait_for()
    theirs.get_by_role("heading", name="Your variation").wait_for()
    settle(theirs)
    assert notes(theirs) == played

    theirs.goto(owned)
    theirs.get_by_role("heading", name="Your library").wait_for()
    theirs.get_by_role("button", name="End this link").click()
    settle(theirs)
    assert theirs.get_by_role("button", name="End this link").count() == 0
    assert "owner=" not in theirs.url

    theirs.goto(shared)
    theirs.get_by_text("This link was ended by whoever made it").wait_for()
    theirs.get_by_role("link", name="Choose a song").last.click()
    theirs.get_by_role("heading", name="MidiMe learns your song").wait_for()
    assert theirs.get_by_text("This link was ended").count() == 0
