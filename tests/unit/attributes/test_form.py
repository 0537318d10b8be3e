"""What comes back."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.attributes.passage import Passages, passages
from midime_engine.attributes.registry import find
from midime_engine.converters.tokens import transpose
from tests.support.passages import drummed, random_tokens, sung

_BAR = "C4 . . . E4 . . . G4 . . . E4 . . . "
_HIGHER = "D4 . . . F#4 . . . A4 . . . F#4 . . . "
_OTHER = "C4 . C4 . . . . . . . . . . . . . "
_REST = "off" + " ." * 15 + " "


@pytest.mark.parametrize(
    ("text", "repetition", "similarity"),
    [
        (_BAR * 2, 1.0, 1.0),
        (_BAR + _HIGHER, 0.0, 1.0),
        (_BAR + _OTHER, 2 / 6, 2 / 6),
        (_BAR + _REST, 0.0, 0.0),
    ],
)
def test_bars_are_compared_note_by_note(text, repetition, similarity) -> None:
    """The same figure on another degree is similar but no repetition."""
    assert find("repetition").measure(sung(text)) == pytest.approx(repetition)
    assert find("similarity").measure(sung(text)) == pytest.approx(similarity)


def test_what_comes_back_later_is_similar_but_no_repetition() -> None:
    """A B A B repeats nothing from bar to bar, and resembles itself."""
    form = sung((_BAR + _OTHER) * 2, n_steps=64)
    assert find("similarity").measure(form) == 1.0
    assert find("repetition").measure(form) == pytest.approx(2 / 6)


def test_one_bar_repeats_nothing() -> None:
    """There is nothing beside it."""
    assert find("repetition").measure(sung(_BAR, n_steps=16)) == 0.0
    assert find("similarity").measure(sung(_BAR, n_steps=16)) == 0.0


def test_a_pair_of_silent_bars_says_nothing() -> None:
    """Two bars the same, then two of rest."""
    tune = sung(_BAR * 2 + _REST, n_steps=64)
    assert find("repetition").measure(tune) == pytest.approx(1 / 2)


def test_drums_repeat_stroke_by_stroke() -> None:
    """Three of four strokes come back."""
    groove = "k . s . " + ". " * 12
    assert find("repetition").measure(drummed(groove * 2)) == 1.0
    assert find("repetition").measure(drummed(groove + "k . h . ")) == 0.5


def test_bars_are_those_of_the_metre() -> None:
    """In 3/4 they are twelve sixteenths."""
    waltz = sung(("C4" + " ." * 11 + " ") * 2, n_steps=24, steps_per_bar=12)
    assert find("repetition").measure(waltz) == 1.0


def test_form_is_the_same_in_every_key_and_beside_any_other_passage(rng) -> None:
    """Moved by two semitones, alone or in a batch."""
    tokens = random_tokens(rng, ("melody",))
    batch = passages(tokens, parts=("melody",))
    moved = passages(transpose(tokens, 2, parts=("melody",)), parts=("melody",))
    for name in ("repetition", "similarity"):
        together = find(name).measures(batch)
        assert np.allclose(together, find(name).measures(moved))
        assert np.allclose(together, [find(name).measure(passage) for passage in batch])
    longer = Passages.of([sung(_BAR * 2), sung(_BAR * 4, n_steps=64)])
    assert find("repetition").measures(longer).tolist() == [1.0, 1.0]
