"""What became of each file of the corpora, for people and for programs."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pathlib import Path

    from midime_engine.pretraining.corpora import CorpusFile

__all__ = ["PreparationReport"]

_SHOWN: Final = 3


@dataclass(slots=True)
class PreparationReport:
    """Counts, and every file that failed with the reason."""

    n_files: int = 0
    n_empty: int = 0
    """Files without a single window: too short, or without the parts that are needed."""

    n_repeated: int = 0
    """Windows that were there before."""

    n_unpaired: int = 0
    """Songs without drums for which no drums of like tempo were there."""

    windows: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Windows by source and side."""

    failures: list[tuple[CorpusFile, str]] = field(default_factory=list)
    seconds: float = 0.0
    crew: str = ""
    """What did the work."""

    @property
    def counts(self) -> dict[str, int]:
        """Windows per source, and ``unreadable`` files if there were any."""
        totals: Counter[str] = Counter()
        for (source, _), count in self.windows.items():
            totals[source] += count
        failed = {"unreadable": len(self.failures)} if self.failures else {}
        return {**{name: count for name, count in totals.items() if count}, **failed}

    def sentences(self) -> list[str]:
        """The report in short."""
        rate = self.n_files / self.seconds if self.seconds else 0.0
        pace = f"{self.seconds:.0f} seconds ({rate:,.0f} a second, {self.crew})"
        lines = [f"{self.n_files:,} files in {pace}; {self.n_repeated:,} windows were repetitions."]
        sides: Counter[str] = Counter()
        for (_, side), count in self.windows.items():
            sides[side] += count
        lines.append(f"{sides['train']:,} windows to train on, {sides['valid']:,} to validate on.")
        if self.n_empty:
            lines.append(f"{self.n_empty:,} files hold no window of this kind.")
        if self.n_unpaired:
            lines.append(f"For {self.n_unpaired:,} songs without drums there were none.")
        if self.failures:
            lines.append(f"{len(self.failures):,} files failed:")
            shown = self.failures[:_SHOWN]
            lines += [f"  {file.corpus}: {file.name}: {why}" for file, why in shown]
            lines += ["  …"] if len(self.failures) > _SHOWN else []
        return lines

    def to_json(self) -> dict[str, Any]:
        """All of it."""
        return {
            "files": self.n_files,
            "files_without_windows": self.n_empty,
            "repeated_windows": self.n_repeated,
            "songs_without_drums_to_pair": self.n_unpaired,
            "windows": [
                {"source": source, "side": side, "windows": count}
                for (source, side), count in self.windows.items()
                if count
            ],
            "failed": [
                {"corpus": file.corpus, "file": file.name, "reason": why}
                for file, why in self.failures
            ],
            "seconds": round(self.seconds, 1),
            "files_per_second": round(self.n_files / self.seconds, 1) if self.seconds else None,
            "crew": self.crew,
        }

    def save(self, path: Path) -> None:
        """Write it as JSON."""
        text = json.dumps(self.to_json(), indent=1, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8", errors="backslashreplace")
