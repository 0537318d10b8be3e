"""Rules in a real browser with the real model: chosen, learnt, heard, taken to the sliders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.timeout(400)]

PATIENCE_MS = 180_000
WHITE = {0, 2, 4, 5, 7, 9, 11}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A visitor with a large screen."""
    context = browser.new_context(viewport={"width": 1280, "height": 1400})
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE_MS)
    yield opened
    context.close()


def settle(page: Page) -> None:
    """Wait until the server has answered the last click."""
    page.wait_for_timeout(300)
    page.wait_for_function(
        "!document.querySelector('[data-testid=stApp][data-test-script-state=running]')"
    )
    page.wait_for_timeout(300)


def pitches(page: Page, roll: str) -> set[int]:
    """The pitch classes of the notes that a roll shows."""
    figure = f"document.querySelector('.st-key-{roll} .js-plotly-plot')"
    # As it is drawn: what the server sends is packed.
    bars = f"({figure}?._fullData ?? []).filter((trace) => trace.type === 'bar')"
    heights = f"{bars}.flatMap((trace) => Array.from(trace.y)).filter((y) => y > 0)"
    page.wait_for_function(f"{heights}.length")
    found: list[int] = page.evaluate(heights)
    return {height % 12 for height in found}


def test_a_song_in_another_key_plays_on_white_keys_alone(page: Page, address: str) -> None:
    """Ode to Joy is in D major; with the rule its variations are in C major, and back again."""
    page.goto(address)
    page.locator("[data-testid=stButtonGroup]").get_by_text("Ode to Joy").click()
    page.get_by_role("button", name="Train a MidiMe").first.click()
    page.get_by_text("Your MidiMe is ready to be explored.").wait_for()
    page.get_by_role("link", name="Rules").first.click()
    page.get_by_text("pieces keep the rule as it is now").wait_for()
    settle(page)
    page.locator(".st-key-rules_offer").get_by_text("Learn every key at once").click()
    settle(page)
    page.get_by_role("button", name="Train these rules").click()
    page.get_by_text("of the pieces keep the rules").first.wait_for()  # The curve is under way.
    page.get_by_role("heading", name="Before and after").wait_for()
    settle(page)
    share = page.get_by_test_id("stMetric").first.inner_text()
    assert int(share.split("%")[0].split()[-1]) >= 90, share
    assert not pitches(page, "rules_pair_before_roll") <= WHITE
    assert pitches(page, "rules_pair_after_roll") <= WHITE
    assert page.get_by_text("against your rules").count()

    page.get_by_role("button", name="Apply to Explore").click()
    page.get_by_role("heading", name="Your variation").wait_for()
    settle(page)
    assert pitches(page, "variation_roll") <= WHITE
    page.get_by_text("With your rules").click()
    settle(page)
    assert not pitches(page, "variation_roll") <= WHITE
    page.get_by_text("With your rules").click()
    settle(page)
    page.get_by_text("Keep and share").click()
    page.get_by_role("button", name="Make a link").click()
    page.get_by_text("with rules: C major").wait_for()
