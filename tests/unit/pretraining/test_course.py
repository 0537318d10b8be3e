"""A run in ten rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from midime_engine.pretraining.course import course, hardware, read_log

if TYPE_CHECKING:
    from pathlib import Path


def records(n: int, *, every: int = 3) -> list[dict[str, Any]]:
    """A log with an evaluation in every third record."""
    return [
        {
            "sequences": 100 * step,
            "seconds": 20.0 * step,
            "kl": 50.0,
            "evaluation": {"step_accuracy": step / n, "parts": {}} if step % every == 0 else None,
        }
        for step in range(1, n + 1)
    ]


def test_a_long_run_is_ten_rows_with_figures() -> None:
    """The first and the last evaluation among them."""
    rows = course(records(300))
    assert len(rows) == 10
    assert rows[0]["sequences"] == 300
    assert rows[-1] == {"sequences": 30_000, "seconds": 6000.0, "kl": 50.0, "step_accuracy": 1.0}


def test_a_short_run_is_told_whole() -> None:
    """Every evaluation once."""
    assert [row["sequences"] for row in course(records(12))] == [300, 600, 900, 1200]


def test_without_evaluations_the_losses_are_told() -> None:
    """A run that was stopped early."""
    assert [row["sequences"] for row in course(records(2))] == [100, 200]
    assert course([]) == []


def test_the_log_is_read_line_by_line(tmp_path: Path) -> None:
    """A line that was cut off by a kill is no record."""
    path = tmp_path / "log.jsonl"
    path.write_text(json.dumps({"step": 1}) + "\n3\n" + '{"step": 2, "sec', encoding="utf-8")
    assert read_log(path) == [{"step": 1}]
    assert read_log(tmp_path / "missing") == []


def test_the_machine_is_the_last_that_is_on_record() -> None:
    """Logs of before have none."""
    log = [{"device": "CPU, 2 cores", "backend": "tensorflow"}, {"device": "H200"}, {"step": 3}]
    assert hardware(log) == {"device": "H200"}
    assert hardware(records(3)) == {}
