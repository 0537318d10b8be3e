"""The import report as data."""

from __future__ import annotations

import json

from midime_engine.converters.report import ImportReport, ReportEntry

REPORT = ImportReport(
    (
        ReportEntry("moved_down", 2, "2 notes moved."),
        ReportEntry("moved_down", 1, "1 note moved."),
        ReportEntry("padded", 4, "4 chunks filled."),
    )
)


def test_entries_of_one_kind_are_added_up() -> None:
    """A trio has one entry per part."""
    assert REPORT.count("moved_down") == 3
    assert REPORT.count("pickup") == 0


def test_a_report_is_sentences_for_people_and_json_for_programs() -> None:
    """Both say the same."""
    assert REPORT.sentences()[2] == "4 chunks filled."
    assert json.loads(json.dumps(REPORT.to_json()))[2] == {
        "code": "padded",
        "count": 4,
        "sentence": "4 chunks filled.",
    }
