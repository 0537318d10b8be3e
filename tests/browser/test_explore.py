"""The workbench and the map, in a real browser with the real model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support.browser import explore, settle, visitors

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]


@pytest.fixture
def people(browser: Browser) -> Iterator[tuple[Page, Page]]:
    """Two visitors who have no cookie in common."""
    with visitors(browser, 2, viewport={"width": 1280, "height": 1400}) as (mine, theirs):
        yield mine, theirs


def variation(page: Page) -> tuple[str, str]:
    """The digest of the sound of the variation, and its notes as they are drawn."""
    page.wait_for_function("window.midimePlayers?.players.get('variation')?.state().hash")
    sound: str = page.evaluate("midimePlayers.players.get('variation').state().hash")
    drawn = page.locator(".st-key-variation_roll .points path")
    return sound, "|".join(drawn.evaluate_all("all => all.map(p => p.getAttribute('d'))"))


def address_of(page: Page) -> dict[str, str]:
    """What the address says of the sliders."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def click_map(page: Page, across: float, up: float) -> None:
    """Click a place, by its share of the width and height."""
    ground = page.locator(".st-key-space_map .nsewdrag").first
    ground.scroll_into_view_if_needed()
    settle(page)
    box = ground.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + across * box["width"], box["y"] + (1 - up) * box["height"])
    settle(page)


def press(page: Page, slider: str, key: str) -> None:
    """Move a slider by the keyboard."""
    page.get_by_role("slider", name=re.compile(rf"^{slider}\b")).first.press(key)
    settle(page)


def press_until_it_sounds_different(page: Page, moves: list[tuple[str, str]]) -> None:
    """Not every slider changes a note at every place."""
    before = variation(page)
    for slider, key in moves:
        press(page, slider, key)
        if variation(page)[1] != before[1]:
            return
    pytest.fail(f"the notes did not change with any of {moves}")


def link(page: Page) -> str:
    """Make a share link."""
    page.get_by_text("Keep and share").click()
    page.get_by_role("button", name="Make a link").click()
    page.get_by_text("The link follows the sliders").wait_for()
    code = page.locator("[data-testid=stCode] code").filter(has_text="share=").first
    return code.inner_text().replace("\n", "").strip()


def test_sliders_map_and_fine_controls_are_heard_undone_and_shared(
    people: tuple[Page, Page], address: str
) -> None:
    """What is heard, what the map shows, what the address says and what a link plays are one."""
    mine, theirs = people
    explore(mine, address)
    start = variation(mine)
    mine.get_by_text(re.compile(r"of its notes stand.* in bars? .* of your song")).first.wait_for()

    press_until_it_sounds_different(mine, [("Slider 1", "End"), ("Slider 1", "Home")])
    moved, said = variation(mine), address_of(mine)
    assert moved[0] != start[0]
    assert moved[1] != start[1]
    assert said["z0"] in {"3", "-3"}

    mine.get_by_role("tab", name=re.compile("Map")).click()
    settle(mine)
    click_map(mine, 0.25, 0.7)
    clicked = address_of(mine)
    assert clicked != said
    assert {"z0", "z1", "z2", "z3"} & clicked.keys()

    # The same place again is a click like any other, after the sliders have been elsewhere.
    mine.locator(".st-key-undo button").click()
    settle(mine)
    assert address_of(mine) == said
    assert variation(mine) == moved
    click_map(mine, 0.25, 0.7)
    assert address_of(mine) == clicked

    mine.get_by_text("Travel from place to place").click()
    settle(mine)
    click_map(mine, 0.2, 0.6)
    mine.get_by_text("Now click where the journey ends.").wait_for()
    click_map(mine, 0.8, 0.3)
    mine.get_by_text("Stops on the way").wait_for()
    mine.locator(".st-key-travel_roll .points path").first.wait_for()
    assert mine.locator(".st-key-travel_roll .points path").count() > 8
    assert address_of(mine) == clicked, "a journey leaves the sliders alone"

    before = variation(mine)
    mine.locator(".st-key-fine_controls summary").click()
    settle(mine)
    press_until_it_sounds_different(mine, [(f"Fine control {i}", "End") for i in (1, 2, 3)])
    nudged = variation(mine)
    assert re.fullmatch(r"(\d+:3,?)+", address_of(mine)["d"])

    theirs.goto(link(mine))
    theirs.get_by_text("Somebody shares").wait_for()
    theirs.get_by_text(re.compile(r"fine controls? moved")).wait_for()
    settle(theirs)
    assert variation(theirs)[0] == nudged[0], "the same sound, note by note"

    mine.get_by_role("button", name="Reset", exact=True).click()
    settle(mine)
    assert "d" not in address_of(mine)
    assert variation(mine) == before
