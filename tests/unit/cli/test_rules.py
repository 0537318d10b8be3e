"""What ``midime rules`` tells."""

from __future__ import annotations

import json

from midime_engine.attributes.parsing import parse
from midime_engine.cli import rules
from midime_engine.cli.main import main


def test_every_rule_is_told_with_an_example_that_can_be_typed(capsys) -> None:
    """What stands there may be copied behind ``--rule``."""
    assert main(["rules", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {"key", "density", "contour", "backbeat"} <= {rule["name"] for rule in told["rules"]}
    for rule in told["rules"]:
        assert parse(rule["example"]).rule.name == rule["name"]
        assert "silence" in rule["definition"] or "silent" in rule["definition"]


def test_the_table_holds_the_definitions_and_the_features(capsys, monkeypatch) -> None:
    """People read the same."""
    monkeypatch.setenv("COLUMNS", "200")
    assert main(["rules"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    for rule in rules.table()["rules"]:
        assert rule["definition"][:80] in told
    for feature in rules.table()["features"]:
        assert feature["name"] in told


def test_a_rule_of_another_package_that_cannot_be_loaded_is_mentioned(capsys, monkeypatch) -> None:
    """On the channel for messages, so that JSON stays JSON."""
    monkeypatch.setattr(rules, "notices", lambda: ("The rule odd of oddities is left out: why.",))
    assert main(["rules", "--json"]) == 0
    captured = capsys.readouterr()
    assert "The rule odd of oddities is left out" in captured.err
    json.loads(captured.out)
