"""What every test does that drives the app in a browser."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

__all__ = ["PATIENCE_MS", "explore", "settle", "visitors"]

PATIENCE_MS = 90_000
"""For whatever a busy machine does not do at once."""

_QUIET_MS = 400
"""A click that has not reached the server by then has hit nothing."""

_SETTLED = """quiet => {
  const app = "[data-testid=stApp][data-test-script-state=running]";
  const isBehind = document.documentElement.classList.contains("midime-behind");
  if (isBehind || document.querySelector(app)) window.settledSince = null;
  else window.settledSince ??= performance.now();
  return window.settledSince !== null && performance.now() - window.settledSince >= quiet;
}"""


@contextmanager
def visitors(browser: Browser, n: int = 1, **options: Any) -> Iterator[list[Page]]:
    """The pages of ``n`` visitors who have no cookie in common; ``options`` as a context's."""
    contexts = [browser.new_context(**options) for _ in range(n)]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        page.set_default_timeout(PATIENCE_MS)
    yield pages
    for context in contexts:
        context.close()


def settle(page: Page) -> None:
    """Wait until the last click is answered, and everything on the page shows it."""
    page.evaluate("window.settledSince = null")
    page.wait_for_function(_SETTLED, arg=_QUIET_MS)


def explore(page: Page, address: str, *, example: str = "Ode to Joy") -> None:
    """From the door to the sliders of an example."""
    page.goto(address)
    page.locator("[data-testid=stButtonGroup]").get_by_text(example).click()
    page.get_by_role("button", name="Train a MidiMe").first.click()
    page.get_by_text("Your MidiMe is ready to be explored.").wait_for()
    page.get_by_role("button", name="Explore variations").first.click()
    page.get_by_role("heading", name="Your variation").wait_for()
    settle(page)
