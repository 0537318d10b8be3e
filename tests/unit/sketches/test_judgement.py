"""Figures are measured on drawings, not believed."""

from __future__ import annotations

import pytest

from midime_engine.sketches import judgement
from midime_engine.sketches.generator import KINDS
from midime_engine.sketches.judgement import judge, rank_correlation
from midime_engine.sketches.rules import RULES


def test_rank_correlation_is_of_ranks() -> None:
    """Any rising function has 1; ties share their place; a constant has none."""
    assert rank_correlation([1, 2, 3, 4], [1, 10, 100, 1000]) == pytest.approx(1.0)
    assert rank_correlation([1, 2, 3], [3, 2, 1]) == pytest.approx(-1.0)
    assert rank_correlation([1, 1, 2, 2], [1, 1, 2, 2]) == pytest.approx(1.0)
    assert rank_correlation([1, 2, 3], [5, 5, 5]) == 0.0


def test_a_model_that_draws_nonsense_is_found_out(tiny_model, monkeypatch) -> None:
    """The originals are named, its drawings are not."""
    monkeypatch.setattr(judgement, "_LEARNT_FROM", 240)
    figures = judge(tiny_model, 24)
    assert figures["recognised_originals"] > 0.9
    for way in figures["redrawn"].values():
        assert way["recognised"] < 0.6
        assert way["distance"] > figures["another_of_the_kind"]
        assert way["rank_correlation"].keys() == RULES.keys()
    for new in figures["new"].values():
        assert new["looks_like_one"] <= new["valid"] <= 1.0
        assert sum(new["kinds"].values()) == pytest.approx(1.0)
        assert tuple(new["kinds"]) == KINDS
    assert figures["kl"] > 0.0
