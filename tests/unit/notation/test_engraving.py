"""Scores are drawn, in the colours of the page."""

from __future__ import annotations

import sys
import threading

import numpy as np
import pytest

from midime_engine.converters.tokens import sequence_from_tokens
from midime_engine.errors import SynthesisError
from midime_engine.music.playback import Playback
from midime_engine.notation import engraving
from midime_engine.notation.engraving import engrave
from midime_engine.notation.musicxml import write_musicxml


def score(n_bars: int = 2) -> bytes:
    """Eighths."""
    tokens = np.zeros((16 * n_bars, 1), int)
    tokens[::2] = 41
    return write_musicxml(sequence_from_tokens(tokens, parts=("melody",), playback=Playback()))


def test_a_score_is_drawn_in_the_colour_of_the_page() -> None:
    """Lines as well as heads."""
    (page,) = engrave(score(), colour="#e9f1ee")
    assert page.startswith('<svg color="#e9f1ee" fill="#e9f1ee" ')
    assert "black" not in page
    assert page.count('class="note"') == 16
    assert page.count('class="measure"') == 2


def test_the_same_score_gives_the_same_picture() -> None:
    """Also from several threads at once."""
    pages: list[tuple[str, ...]] = []
    threads = [threading.Thread(target=lambda: pages.append(engrave(score()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(pages) == 4
    assert len(set(pages)) == 1


def test_a_narrow_page_has_more_systems() -> None:
    """As on a phone."""
    wide, narrow = (engrave(score(8), width=width)[0] for width in (900, 350))
    assert narrow.count('class="system"') > wide.count('class="system"')


def test_a_long_score_is_drawn_up_to_a_limit(monkeypatch) -> None:
    """Nobody reads forty pages on a screen."""
    monkeypatch.setattr(engraving, "MAX_PAGES", 2)
    assert len(engrave(score(300), width=350)) == 2


def test_what_is_no_score_is_refused() -> None:
    """In a sentence."""
    with pytest.raises(SynthesisError, match="cannot be drawn"):
        engrave(b"<html></html>")


def test_without_verovio_there_is_still_the_file(monkeypatch) -> None:
    """Where there is no wheel for it."""
    monkeypatch.setitem(sys.modules, "verovio", None)
    with pytest.raises(SynthesisError) as caught:
        engrave(score())
    assert "MusicXML" in caught.value.remedy
