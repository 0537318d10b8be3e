"""The browser says when a hand rests; ``tests/browser/test_explore.py`` sees it do so."""

from __future__ import annotations

import json

import pytest

from midime_ui import following
from midime_ui.components import rest, sliders
from midime_ui.position import Position
from tests.support.stage import perform

HERE = Position((0.5, 0.0), None, 3)
THERE = Position((1.5, 0.0), None, 3)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is drawn again, where the sliders stand at ``HERE`` and ``THERE`` is shown below."""
    calls: list[str] = []
    monkeypatch.setattr(following, "redraw", lambda: calls.append("both"))
    monkeypatch.setattr(following, "draw_below", lambda: calls.append("below"))
    monkeypatch.setattr(following, "set_trusted", lambda: None)
    monkeypatch.setattr(following, "is_behind", lambda position: position != THERE)
    monkeypatch.setattr(sliders, "current", lambda _: HERE)
    return calls


def test_the_browser_is_told_whether_there_is_something_to_follow() -> None:
    """As long as another position is shown below."""

    def script() -> None:
        from midime_ui import following
        from midime_ui.components import rest
        from midime_ui.position import Position

        position = Position((0.5, 0.0), None, 3)
        rest.show(position)
        following.set_followed(position)

    page = perform(script)
    (element,) = page.get("bidi_component")
    told = json.loads(element.proto.mixed.json or element.proto.json)
    assert told["behind"] is True
    page.run()
    (element,) = page.get("bidi_component")
    assert json.loads(element.proto.mixed.json or element.proto.json)["behind"] is False


def test_what_is_below_follows_a_hand_that_rests(drawn: list[str]) -> None:
    """Alone, as the workbench is drawn already."""
    rest._rested(HERE)
    assert drawn == ["below"]


def test_nothing_is_drawn_again_that_is_as_it_was(
    drawn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is below shows the position already."""
    monkeypatch.setattr(sliders, "current", lambda _: THERE)
    rest._rested(THERE)
    assert not drawn


def test_a_hand_that_has_moved_on_has_both_drawn(drawn: list[str]) -> None:
    """The word that it rests may come together with its next move."""
    rest._rested(THERE)
    assert drawn == ["both"]
