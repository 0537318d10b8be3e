"""A card for people."""

from __future__ import annotations

import pytest

from midime_engine.pretraining.card_prose import figures_in_words, prose
from tests.support.cards import card


@pytest.fixture(scope="module")
def text() -> str:
    """The card of a tiny trio."""
    return prose(card())


def test_every_part_has_its_figures(text: str) -> None:
    """Greedy and sampled, and all parts together."""
    for role in ("melody", "bass", "drums", "all"):
        assert f"| greedy from mu | {role} | " in text
        assert f"| sampled at temperature 1, z sampled too | {role} | " in text


def test_targets_are_told_with_what_was_measured(text: str) -> None:
    """And whether they are reached: random weights reach none."""
    assert "| steps right, drums | 0.880 | 0." in text
    assert "| no |" in text
    assert "- It has heard too little music." in text


def test_published_figures_stand_beside_ours(text: str) -> None:
    """Part by part, three numbers in a row."""
    row = next(line for line in text.splitlines() if line.startswith("| melody | 0.753 |"))
    assert row.count("|") == 5


def test_hits_are_told_of_drums(text: str) -> None:
    """Precision, recall and F1."""
    assert "F1 0." in text
    without = card()
    without["validation"]["greedy_from_mu"]["parts"].pop("drums")
    assert "F1" not in "\n".join(figures_in_words(without)).replace("F1 of", "")


def test_samples_stand_beside_real_windows(text: str) -> None:
    """Two tables of five rows each: real, and two temperatures of two sources."""
    assert sum(line.startswith("| real | ") for line in text.splitlines()) == 2
    assert sum(line.startswith("| the prior, temperature") for line in text.splitlines()) == 4
    assert sum("a mixture of Gaussians" in line for line in text.splitlines()) == 4


def test_drums_have_no_key() -> None:
    """The column is left out where no part has pitches."""
    found = card()
    for row in (found["validation"]["prior"]["real"], *found["validation"]["prior"]["samples"]):
        row["in_all_keys"] = {}
    assert "all keys" in prose(card())
    assert "all keys" not in prose(found)


def test_the_machine_is_the_one_on_record(text: str) -> None:
    """And nothing is said of one that is not."""
    assert "1.5 minutes on NVIDIA H200 (jax)." in text
    unknown = card()
    unknown["training"]["machine"] = {}
    assert "1.5 minutes. Settings" in prose(unknown)


def test_the_course_of_the_run_is_a_table(text: str) -> None:
    """A cell is empty where nothing was measured."""
    assert "| 2 | 1,200 | 12.50 | 40.0 | 0.0100 | 0.2500 |  |" in text
    assert "| 2 | 1,200 | 12.50 | 40.0 | 0.0100 |  |  |" in text


def test_other_windows_have_a_heading_of_their_own(text: str) -> None:
    """With their number."""
    assert "### Other windows: folk (12)" in text


def test_all_tables_are_rectangular(text: str) -> None:
    """Every row has as many cells as its heading."""
    width = 0
    for line in text.splitlines():
        width = (width or line.count("|")) if line.startswith("|") else 0
        assert line.count("|") == width or not line.startswith("|")


def test_a_model_with_one_window_has_no_ways() -> None:
    """The section is left out."""
    single = card()
    single["validation"]["interpolation"] = None
    assert "smooth" not in prose(single)
