from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def _loaded_after(statements: str) -> set[str]:
    program = f"{statements}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(done.stdout.split())


def test_asking_what_there_is_loads_no_network() -> None:
    """The list of models and a wrong name cost no TensorFlow."""
    loaded = _loaded_after(
        "from midime_engine import errors, musicvae\n"
        "assert musicvae.available()\n"
        "try:\n    musicvae.load('nobody')\n"
        "except errors.UnknownModelError:\n    pass\n"
        "else:\n    raise AssertionError('it was found')"
    )
    assert "midime_engine.musicvae.cards" in loaded
    assert not loaded & {"tensorflow", "keras", "note_seq"}
