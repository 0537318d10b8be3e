"""Drawings in a real browser: looked at, rated, bent, and gone between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PATIENCE_MS = 150_000


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A visitor on a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE_MS)
    yield opened
    context.close()


def settle(page: Page) -> None:
    """Wait until the server has answered the last click."""
    page.wait_for_timeout(400)
    page.wait_for_function(
        "!document.querySelector('[data-testid=stApp][data-test-script-state=running]')"
    )
    page.wait_for_timeout(400)


def lines(page: Page) -> list[str]:
    """What is drawn on every sheet of the page, as the browser has it."""
    paths: list[str] = page.locator(".js-plotly-plot path.js-line").evaluate_all(
        "all => all.map((path) => path.getAttribute('d'))"
    )
    return paths


def test_drawings_are_rated_bent_and_gone_between(page: Page, address: str) -> None:
    """The whole page on a phone, with the embedded model, and the way back; nothing sticks out."""
    page.goto(address)
    page.get_by_role("heading", level=1).wait_for()
    page.goto(f"{address}/sketches")
    page.get_by_role("heading", name="What it draws").wait_for()
    settle(page)
    first = lines(page)
    assert len(first) >= 2
    page.get_by_role("button", name="Draw others").click()
    settle(page)
    assert lines(page)[:2] != first[:2]

    page.get_by_role("tab", name="By what you like").click()
    page.get_by_text("Do you like this one?").wait_for()
    page.get_by_role("button", name="Like", exact=True).click()
    page.get_by_text("1 of about 20").wait_for()
    page.get_by_role("button", name="Dislike").click()
    page.get_by_text("You seem to look at").wait_for()

    page.get_by_role("tab", name="Between two").click()
    page.get_by_text("redrawn from drawings that the model has never seen").wait_for()

    page.get_by_role("tab", name="By a rule").click()
    page.get_by_role("button", name="Bend the drawings", exact=True).click()
    page.get_by_text("Round 1", exact=False).first.wait_for()
    page.get_by_role("heading", name="Rounder: before and after").wait_for()
    settle(page)
    share = page.locator("[data-testid=stMetricValue]").first.inner_text()
    before = page.locator("[data-testid=stMetricDelta]").first.inner_text()
    assert int(share.rstrip("%\n ")) > int(before.split("%")[0]) + 20
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Back to the music").click()
    page.wait_for_function("!location.pathname.includes('sketches')")
