"""What a translation reports."""

from __future__ import annotations

import json

import numpy as np

from midime_engine.music.midi_io import read_midi
from midime_engine.pipelines.carried import NAMES
from midime_engine.pipelines.prepare import prepare
from midime_engine.pipelines.translation_report import rank_correlations, translation_report
from tests.support.songs import scale_song
from tests.support.translation import toy_translator


def test_ranks_are_compared_and_not_values() -> None:
    """Any rising curve is a correlation of one; equals share their ranks."""
    values = np.tile(np.arange(6, dtype=np.float32)[:, None], (1, len(NAMES)))
    found = rank_correlations(values, np.exp(values))
    assert set(found.values()) == {1.0}
    halves = np.where(values < 3, 0.0, 1.0).astype(np.float32)
    assert 0.8 < rank_correlations(values, halves)["density"] < 0.9


def test_what_does_not_vary_has_no_correlation() -> None:
    """Nor have two windows."""
    values = np.tile(np.arange(6, dtype=np.float32)[:, None], (1, len(NAMES)))
    assert rank_correlations(values, np.ones_like(values))["density"] is None
    assert rank_correlations(values[:2], values[:2])["density"] is None


def test_the_report_names_both_sides_and_every_chunk() -> None:
    """As plain JSON."""
    material = prepare([read_midi(scale_song(8), name="s.mid")], parts=("melody",), n_steps=32)
    domains = toy_translator().config.domains
    answers = np.ones((2, len(material.chunks.items), 32, 1), np.int32)
    report = translation_report(
        material,
        answers,
        domains=domains,
        translator="toy",
        device="CPU",
        settings={"samples": 2},
        history=[{"step": 1, "total": 2.0}],
        seconds={"decode": 0.5},
    )
    again = json.loads(json.dumps(report))
    assert (again["source"]["model"], again["target"]["model"]) == ("toy_melody", "toy_drums")
    assert len(again["samples"]) == 2
    assert len(again["chunks"]) == len(again["samples"][0]["chunks"]) == 4
    assert again["samples"][0]["chunks"][0]["density"] == 1.0
    assert again["songs"][0]["name"] == "s.mid"
