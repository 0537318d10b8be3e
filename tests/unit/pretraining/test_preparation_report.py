from __future__ import annotations

import json
from typing import TYPE_CHECKING

from midime_engine.pretraining.corpora import CorpusFile
from midime_engine.pretraining.preparation_report import PreparationReport

if TYPE_CHECKING:
    from pathlib import Path


def report(n_failed: int = 0) -> PreparationReport:
    """Ten files in two seconds."""
    made = PreparationReport(n_files=10, n_empty=2, n_repeated=7, seconds=2.0, crew="2 processes")
    made.windows.update({("tunes", "train"): 30, ("tunes", "valid"): 4, ("none", "train"): 0})
    made.failures = [
        (CorpusFile("tunes", "tunes.zip", f"{index}.mid"), "It is no music.")
        for index in range(n_failed)
    ]
    return made


def test_windows_are_counted_by_source() -> None:
    """Both sides together; a source without any is none."""
    assert report().counts == {"tunes": 34}
    assert report(3).counts == {"tunes": 34, "unreadable": 3}


def test_the_short_report_names_a_few_failures() -> None:
    """And says how many there are."""
    text = "\n".join(report(5).sentences())
    assert "10 files in 2 seconds (5 a second, 2 processes)" in text
    assert "30 windows to train on, 4 to validate on" in text
    assert "5 files failed" in text
    assert "tunes: 2.mid: It is no music." in text
    assert "3.mid" not in text
    assert "failed" not in "\n".join(report().sentences())


def test_the_whole_report_names_all(tmp_path: Path) -> None:
    """As JSON, whatever the names of the files."""
    made = report(5)
    made.failures.append((CorpusFile("tunes", "tunes.zip", "caf\udce9.mid"), "Strange."))
    made.save(tmp_path / "report.json")
    found = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert len(found["failed"]) == 6
    assert found["files"] == 10
    assert found["files_per_second"] == 5.0
    assert found["windows"][0] == {"source": "tunes", "side": "train", "windows": 30}
