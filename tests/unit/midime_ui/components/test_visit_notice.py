"""Whoever comes by a link reads what it is."""

from __future__ import annotations

import datetime as dt

import pytest

from midime_ui.state import Visit
from tests.support.stage import perform, words


def script(visit: Visit | None) -> None:
    """The component alone."""
    from midime_ui import state
    from midime_ui.components import visit_notice

    if visit is not None:
        state.set_visit(visit)
    visit_notice.show()


@pytest.mark.parametrize("with_songs", [True, False])
def test_it_says_whose_until_when_and_with_what(*, with_songs: bool) -> None:
    """Names come from strangers and are no Markdown."""
    visit = Visit("a", "*Loud*", dt.datetime(2027, 3, 7, tzinfo=dt.UTC), with_songs=with_songs)
    text = words(perform(script, visit=visit))
    assert "until 7 March 2027" in text
    assert r"\*Loud\*" in text
    assert ("song itself was not shared" in text) != with_songs
    assert "cannot change" in text


def test_without_a_link_it_says_nothing() -> None:
    """To everybody else."""
    assert not perform(script, visit=None).info
