"""A keyboard that shows a range."""

from __future__ import annotations

import pytest

from midime_engine.plots.theme import palette
from midime_ui.components import keyboard
from tests.support.stage import perform


@pytest.mark.parametrize("dark", [False, True])
def test_the_keys_of_the_range_stand_out(*, dark: bool) -> None:
    """White ones and black ones, both ends included."""
    drawn = keyboard.drawing(60, 72, 62, 65, dark=dark)
    colour = palette("dark" if dark else "light").roles["melody"]
    assert drawn.count("<rect") == 13
    assert drawn.count(f'fill="{colour}"') == 4


def script() -> None:
    """The component alone."""
    from midime_ui.components import keyboard

    keyboard.show(36, 96, 60, 84)


def test_it_is_a_picture_with_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen reader hears both ends; there is nothing to press."""
    said: list[str] = []
    monkeypatch.setattr("streamlit.image", lambda _picture, **more: said.append(more["alt"]))
    page = perform(script)
    assert said == ["Keyboard with C4 to C6 marked"]
    assert not page.button
