"""What was moved, cut, dropped or filled up on the way in, in plain sentences."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["ImportReport", "ReportEntry"]


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """One kind of change."""

    code: str
    """Stable name for programs: ``moved_down``, ``silent_chunks`` …"""

    count: int
    """How many notes, chunks or tracks."""

    sentence: str
    """The same for people."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """All changes, the most drastic first. Nothing is changed that does not stand here."""

    entries: tuple[ReportEntry, ...] = ()

    def sentences(self) -> tuple[str, ...]:
        """One sentence per change."""
        return tuple(entry.sentence for entry in self.entries)

    def count(self, code: str) -> int:
        """Sum of the counts under ``code``; 0 when nothing of the kind happened."""
        return sum(entry.count for entry in self.entries if entry.code == code)

    def to_json(self) -> list[dict[str, Any]]:
        """Plain data for ``json.dumps``."""
        return [asdict(entry) for entry in self.entries]
