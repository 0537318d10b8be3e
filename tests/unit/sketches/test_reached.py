"""What is said to be reached was measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from midime_engine.sketches.reached import REACHED
from midime_engine.sketches.rules import RULES

RESULTS = Path(__file__).parents[3] / "benchmarks" / "sketches" / "results.json"


@pytest.mark.parametrize("name", RULES)
def test_figures_are_those_of_the_benchmark(name) -> None:
    """To within a hundredth, from at least three trainings; the first at the usual amount."""
    measured = json.loads(RESULTS.read_text(encoding="utf-8"))["measured"]
    usual, more = REACHED[name]
    assert usual.least == RULES[name].usual
    for reached in (usual, more):
        found = measured[f"{name}>={reached.least}"]
        assert len(found["runs"]) >= 3
        assert reached.kept == pytest.approx(found["mean"]["after"], abs=0.01)
        assert reached.same_kind == pytest.approx(found["mean"]["same_kind"], abs=0.01)
        assert (reached.instead is not None) == (found["mean"]["commonest"] > 0.5)
        shown = {run["shows"] for run in found["runs"]}
        assert reached.instead is None or reached.instead.removesuffix("s") in shown
