"""Nothing is moved, cut or dropped silently."""

from __future__ import annotations

from midime_engine.converters.report import ImportReport, ReportEntry
from tests.support.stage import perform, words


def script(report: ImportReport) -> None:
    """The component alone."""
    from midime_ui.components import import_report

    import_report.show(report)


def test_every_sentence_is_shown() -> None:
    """As many as the report has."""
    entries = (ReportEntry("a", 3, "3 notes moved."), ReportEntry("b", 1, "1 chunk is silent."))
    page = perform(script, report=ImportReport(entries))
    assert page.expander[0].label.endswith("(2)")
    assert "- 3 notes moved.\n- 1 chunk is silent." in words(page)


def test_an_empty_report_is_good_news() -> None:
    """And is said."""
    assert "taken as it is" in words(perform(script, report=ImportReport()))
