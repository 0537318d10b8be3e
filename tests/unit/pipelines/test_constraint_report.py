"""What a constraint has done, as JSON."""

from __future__ import annotations

import json

import numpy as np

from midime_engine.attributes.parsing import parse_all
from midime_engine.pipelines import constrain
from midime_engine.pipelines.constraint_report import constraint_report, metadata_of
from midime_engine.pipelines.wishes import Ear
from tests.support.hills import Hill, plain, quick


def test_the_report_says_each_rule_before_and_after(model) -> None:
    """And it is plain JSON, like what the file says of itself."""
    before, after = np.zeros((2, 4, 32), np.float32)
    after[:, :4] = [41, 43, 45, 46]
    rules = parse_all(["key=C major", "density>=0.1"])
    found = constrain.compare(before, after, Ear(model, ("melody",)), rules)
    training = constrain.start(plain(), Hill(), quick(iterations=2))
    training.finish()
    report = constraint_report(
        rules, found, training, model="perfect", seed=3, temperature=None, seconds={"train": 1.234}
    )
    assert json.loads(json.dumps(report)) == report
    assert [rule["rule"] for rule in report["rules"]] == ["key=C major", "density>=0.1"]
    assert report["rules"][0]["satisfied"] == {"before": 0.0, "after": 1.0}
    assert report["rules"][1]["mean"] == {"before": 0.0, "after": 0.125}
    assert report["all_satisfied"] == {"before": 0.0, "after": 1.0}
    assert report["iterations"] == 2
    assert report["heard"] == 600
    assert report["seconds"] == {"train": 1.23}
    assert report["notes_ratio"] is None
    metadata = metadata_of(rules, found, model="perfect")
    assert metadata["rules"] == report["rules"]
    assert metadata["songs"] == []
