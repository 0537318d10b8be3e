"""What the map of a translation shows."""

from __future__ import annotations

import numpy as np
import pytest

from midime_engine.plots.translation_map import figure

CLOUDS = (
    np.random.default_rng(0).normal(size=(50, 2)),
    np.random.default_rng(1).normal(size=(40, 2)),
)
ANSWERS = np.array([[0.5, 0.5], [1.0, -1.0]])


def drawn(**changes):
    """A map of two answers."""
    settings = {
        "names": ("Melody", "Drums"),
        "source": np.array([0.0, 0.1]),
        "side": 0,
        "answers": ANSWERS,
        "chosen": 1,
    }
    return figure(CLOUDS, **{**settings, **changes})


def trace(plot, name: str):
    """What is called so."""
    return next(each for each in plot.data if each.name == name)


def test_both_kinds_of_music_are_told_apart_by_more_than_colour() -> None:
    """Circles and squares, by name."""
    plot = drawn()
    melody, drums = trace(plot, "Melody"), trace(plot, "Drums")
    assert (len(melody.x), len(drums.x)) == (50, 40)
    assert melody.marker.symbol != drums.marker.symbol
    assert melody.marker.color != drums.marker.color


def test_the_pair_is_joined() -> None:
    """The source with the answer that was chosen."""
    tie = trace(drawn(), "the pair")
    assert list(tie.x) == [0.0, 1.0]
    assert list(tie.y) == [0.1, -1.0]


def test_an_answer_says_which_it_is_when_it_is_clicked() -> None:
    """And carries its number."""
    answers = trace(drawn(), "answers")
    assert list(answers.customdata[0]) == ["answer", 0]
    assert list(answers.text) == ["1", "2"]
    assert answers.marker.size[1] > answers.marker.size[0]


def test_everything_that_is_marked_is_within_the_window() -> None:
    """However far it lies from the rest."""
    plot = drawn(source=np.array([9.0, -9.0]))
    assert plot.layout.xaxis.range[1] > 9.0
    assert plot.layout.yaxis.range[0] < -9.0


def test_each_click_gives_another_figure() -> None:
    """So that a second click on the same answer is heard."""
    assert drawn(click_count=1) != drawn(click_count=2)


def test_names_are_shown_as_they_are() -> None:
    """They may come from a file."""
    assert trace(drawn(names=("<b>x", "Drums")), "&lt;b&gt;x") is not None


def test_an_answer_that_is_not_there_cannot_be_chosen() -> None:
    """A mistake of the caller."""
    with pytest.raises(ValueError, match="none of them"):
        drawn(chosen=2)


def test_it_is_drawn_for_either_theme() -> None:
    """In other colours."""
    assert drawn(theme="dark").layout.font.color != drawn().layout.font.color
