"""The course of a training run in a handful of rows, and the machine it ran on, from its log."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["course", "hardware", "read_log"]

LOG_NAME: Final = "log.jsonl"

_ROWS: Final = 10
_OF_EVALUATION: Final = ("step_accuracy", "onset_accuracy")
_OF_RECORD: Final = ("sequences", "seconds", "reconstruction", "kl", "beta", "learning_rate")


def read_log(path: Path) -> list[dict[str, Any]]:
    """The records of a run; none without a log. A line that a kill has cut off is left out."""
    if not path.exists():
        return []
    records = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            record = json.loads(line)
        except ValueError:
            continue
        if isinstance(record, dict):
            records.append(record)
    return records


def course(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """At most ten records, evenly spread, the last among them, with their main figures.

    Records with an evaluation are taken where there are any.
    """
    evaluated = [record for record in records if record.get("evaluation")] or records
    last = len(evaluated) - 1
    chosen = sorted({round(last * row / (_ROWS - 1)) for row in range(_ROWS)}) if evaluated else []
    return [_row(evaluated[index]) for index in chosen]


def hardware(records: list[dict[str, Any]]) -> dict[str, str]:
    """Backend and device as the log has them; empty where it has not."""
    for record in reversed(records):
        if "device" in record:
            return {key: str(record[key]) for key in ("backend", "device") if key in record}
    return {}


def _row(record: dict[str, Any]) -> dict[str, Any]:
    evaluation = record.get("evaluation") or {}
    row = {key: record[key] for key in _OF_RECORD if key in record}
    return row | {key: evaluation[key] for key in _OF_EVALUATION if key in evaluation}
