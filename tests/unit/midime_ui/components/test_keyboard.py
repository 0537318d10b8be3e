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


def test_a_screen_reader_hears_both_ends() -> None:
    """By their names."""
    drawn = keyboard.drawing(60, 72, 62, 65, dark=False)
    assert 'aria-label="Keyboard with D4 to F4 marked"' in drawn


def script() -> None:
    """The component alone."""
    from midime_ui.components import keyboard

    keyboard.show(36, 96, 60, 84)


def test_it_is_drawn_on_the_page() -> None:
    """As a picture, with nothing to press."""
    page = perform(script)
    assert not page.exception
    assert not page.button
