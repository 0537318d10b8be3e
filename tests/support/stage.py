"""One component of the app on an empty page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from streamlit.testing.v1 import AppTest

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["perform", "play", "words"]

_PLAY = "from tests.support import stage\nstage.play()"

_current: list[Callable[[], None]] = []


def perform(script: Callable[..., None], **arguments: Any) -> AppTest:
    """Run ``script`` as a page, and again whenever the page runs; one at a time."""
    _current[:] = [partial(script, **arguments)]
    page = AppTest.from_string(_PLAY, default_timeout=60).run()
    assert not page.exception
    return page


def play() -> None:
    """What the page runs."""
    _current[0]()


def words(page: AppTest) -> str:
    """Everything that stands on the page, in one string."""
    kinds = (
        page.title,
        page.subheader,
        page.markdown,
        page.caption,
        page.error,
        page.warning,
        page.info,
    )
    return "\n".join(element.value for elements in kinds for element in elements)
