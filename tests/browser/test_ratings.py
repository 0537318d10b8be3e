"""A taste in a real browser with the real model: rated by buttons and keys, learnt, compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.browser import settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

PATIENCE_MS = 180_000
HEIGHTS = """key => {
  const figure = document.querySelector(`.st-key-${key} .js-plotly-plot`);
  const bars = (figure?._fullData ?? []).filter((trace) => trace.type === "bar");
  return bars.flatMap((trace) => Array.from(trace.y)).filter((y) => y > 0);
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A visitor with a large screen."""
    context = browser.new_context(viewport={"width": 1280, "height": 1400})
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE_MS)
    yield opened
    context.close()


def heights(page: Page, roll: str) -> list[int]:
    """The pitches of the notes that a roll shows."""
    page.wait_for_function(f"key => ({HEIGHTS})(key).length", arg=roll)
    found: list[int] = page.evaluate(HEIGHTS, roll)
    return found


def test_who_likes_low_notes_hears_lower_ones(page: Page, address: str) -> None:
    """Ten answers by keys and buttons are enough for it to lean; both versions can be played."""
    page.goto(f"{address}/ratings")
    page.get_by_role("button", name="Dislike").wait_for()
    settle(page)
    shown = heights(page, "rating_one_roll")
    for number in range(10):
        is_low = sum(shown) / len(shown) < 66
        if number % 2:
            page.keyboard.press("l" if is_low else "d")
        else:
            page.get_by_role(
                "button", name="Like" if is_low else "Dislike", exact=False
            ).first.click()
        settle(page)
        page.get_by_text(f"{number + 1} rating").first.wait_for()
        shown = heights(page, "rating_one_roll")
    page.keyboard.press("u")
    page.get_by_text("9 ratings").first.wait_for()
    settle(page)
    page.get_by_role("button", name="Make it lean my way").click()
    page.get_by_role("button", name="Stop and keep what it has learnt").wait_for()
    page.get_by_role("heading", name="Before and after").wait_for()
    settle(page)
    told = page.locator("[data-testid=stMetric]", has_text="To this taste").inner_text()
    after, before = (int(part.split()[-1]) for part in told.split("%")[:2])
    assert after >= 60, told
    assert after > before, told
    lower, higher = heights(page, "taste_pair_after_roll"), heights(page, "taste_pair_before_roll")
    assert lower != higher
    assert page.locator(".st-key-taste_pair_after_midime_player button").count()
    assert page.locator(".st-key-taste_pair_before_midime_player button").count()
