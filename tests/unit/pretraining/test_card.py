"""What a card holds, and what it is held against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from midime_engine.musicvae.config import get_config
from midime_engine.pretraining.card import (
    data_of,
    describe,
    judged_against,
    read_card,
    write_card,
)
from tests.support.cards import card
from tests.support.pretraining import arpeggios

if TYPE_CHECKING:
    from pathlib import Path

_GREEDY = {"step_accuracy": 0.99, "onset_accuracy": 0.9}


@pytest.mark.parametrize(
    ("name", "summary"),
    [
        ("mel_2bar", "2 bars of melody"),
        ("drums_2bar", "2 bars of drums"),
        ("trio_4bar", "4 bars of melody, bass and drums"),
        ("mel_16bar", "16 bars of melody"),
    ],
)
def test_a_summary_is_in_plain_words(name: str, summary: str) -> None:
    """Of all embedded models."""
    assert describe(get_config(name), n_parameters=1)["summary"] == summary


def test_a_target_is_reached_or_not() -> None:
    """Those that were measured are listed, the others are not."""
    found = judged_against("mel_2bar", {"greedy_from_mu": _GREEDY})["targets"]
    assert [(row["least"], row["measured"], row["reached"]) for row in found] == [
        (0.985, 0.99, True),
        (0.97, 0.9, False),
    ]


def test_published_figures_stand_beside_ours() -> None:
    """Of the models that the paper has; of others there is nothing to say."""
    assert judged_against("mel_2bar", {})["published"]["step_accuracy"] == {"melody": 0.951}
    assert judged_against("hier-mel_16bar", {})["published"] is None


def test_notes_are_kept_as_they_were_given() -> None:
    """Nobody makes up what would close a gap."""
    assert judged_against("testing", {}, ["More hours."])["notes"] == ["More hours."]
    assert judged_against("testing", {})["notes"] == []


def test_corpora_are_credited() -> None:
    """Unknown ones by their name, and what could not be read is none."""
    windows = arpeggios()
    windows.counts.update(pop909=3, unreadable=2)
    arpeggio, pop = data_of(windows)["corpora"]
    assert arpeggio == {"corpus": "arpeggios", "windows": 48}
    assert pop["licence"] == "MIT"


def test_a_card_is_read_as_it_was_written(tmp_path: Path) -> None:
    """And stands beside the weights in both forms."""
    weights, written = tmp_path / "toy.safetensors", card()
    write_card(weights, written)
    found: dict[str, Any] = read_card(weights)
    assert found == written
    assert (tmp_path / "toy.md").read_text("utf-8").startswith("# testing")


def test_weights_without_a_card_have_none(tmp_path: Path) -> None:
    """Other people's, for example."""
    assert read_card(tmp_path / "theirs.safetensors") == {}
