"""A first visitor learns what this is, and hears it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.support.stage import perform, words

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

pytestmark = pytest.mark.usefixtures("fakes")


def script() -> None:
    """The first page without what takes a song."""
    from midime_ui.components import introduction

    introduction.show()
    introduction.show_steps()


def begins_at_once(page: AppTest) -> list[bool]:
    """Of each player, whether it plays without being asked."""
    sent = [element.proto.bytes for element in page.get("bidi_component")]
    facts = [re.search(rb'"autoplay": ?(true|false)', data) for data in sent]
    return [json.loads(fact[1]) for fact in facts if fact]


def test_one_sentence_says_what_it_is_without_any_term_of_the_trade() -> None:
    """And three steps how it goes on."""
    page = perform(script)
    assert page.title[0].value.count(".") == 1
    text = words(page)
    assert all(f"{number}. " in text for number in (1, 2, 3))
    assert not any(term in text.lower() for term in ("latent", "vector", "vae", "epoch"))


def test_one_button_plays_the_variation() -> None:
    """Not before it is pressed, and the song beside it stays silent."""
    page = perform(script)
    assert begins_at_once(page) == [False, False]
    button = page.button(key="hear_example")
    assert button.proto.type == "primary"
    button.click().run()
    assert not page.exception
    assert begins_at_once(page) == [True, False]


def test_what_is_copied_is_said() -> None:
    """Shown, not claimed."""
    assert "2 bars of it are as in the song" in words(perform(script))
