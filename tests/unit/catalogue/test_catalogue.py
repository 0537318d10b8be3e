from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_looking_into_the_catalogue_loads_nothing_heavy() -> None:
    """Neither a network library nor a framework: the first page lists it."""
    program = (
        "from midime_engine import catalogue\n"
        "assert len([catalogue.is_cached(entry) for entry in catalogue.entries()]) > 30\n"
        "import sys\nprint(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    loaded = set(done.stdout.split())
    assert "midime_engine.catalogue.entries" in loaded
    assert not loaded & {"requests", "filelock", "tensorflow", "keras", "note_seq"}
