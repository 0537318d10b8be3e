"""Rules as one says them."""

from __future__ import annotations

import pytest

from midime_engine.attributes.parsing import parse
from midime_ui.components import rule_words


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ("key=C major", "Notes in a key: C major"),
        ("key=C major>=0.9", "Notes in a key: C major, at least 90 %"),
        ("density<=0.4", "Many or few notes: at most 40 %"),
        ("rests", "Rests: at least 25 %"),
        ("density > 0.4 and largest_leap <= 7", "density > 0.4 and largest_leap <= 7"),
    ],
)
def test_a_wish_is_said_in_words(wish: str, words: str) -> None:
    """What one has typed oneself stays as it was."""
    assert rule_words.said(parse(wish)) == words


def test_a_key_is_known_by_its_name() -> None:
    """So are scales; other rules say what they are."""
    wishes = ("key=C major", "scale=D dorian", "rests")
    assert rule_words.line(wishes) == "C major, D dorian, rests: at least 25 %"
