from __future__ import annotations

import subprocess
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "find_python"


def _python(folder: Path, name: str, version: tuple[int, int]) -> None:
    """A program that answers like a Python of that version."""
    fits = (3, 11) <= version <= (3, 13)
    text = f"Python {version[0]}.{version[1]}.0"
    program = folder / name
    program.write_text(
        f'#!/bin/sh\nif [ "$1" = --version ]; then echo "{text}"; else exit {int(not fits)}; fi\n'
    )
    program.chmod(0o755)


def _find(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(SCRIPT)],
        env={"PATH": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


def test_python3_is_taken_when_it_fits(tmp_path) -> None:
    """Nothing newer is preferred to what the user calls python3."""
    _python(tmp_path, "python3", (3, 11))
    _python(tmp_path, "python3.13", (3, 13))
    assert _find(tmp_path).stdout.strip() == str(tmp_path / "python3")


def test_another_one_is_found_when_python3_is_too_old_or_too_new(tmp_path) -> None:
    """A 3.14 as python3 does not stop a 3.12 beside it."""
    _python(tmp_path, "python3", (3, 14))
    _python(tmp_path, "python3.12", (3, 12))
    assert _find(tmp_path).stdout.strip() == str(tmp_path / "python3.12")


def test_no_python_that_fits_is_said_in_one_line(tmp_path) -> None:
    """With the version that was found and what to do."""
    _python(tmp_path, "python3", (3, 9))
    done = _find(tmp_path)
    assert done.returncode == 1
    assert "3.9.0" in done.stderr
    assert "3.11, 3.12 or 3.13" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_no_python_at_all_is_said_too(tmp_path) -> None:
    """Not "command not found"."""
    done = _find(tmp_path)
    assert done.returncode == 1
    assert "no python3 here" in done.stderr


def test_the_one_that_the_user_names_decides(tmp_path) -> None:
    """``make run PYTHON=…`` looks no further."""
    _python(tmp_path, "python3", (3, 12))
    _python(tmp_path, "mine", (3, 8))
    done = _find(tmp_path, PYTHON="mine")
    assert done.returncode == 1
    assert "PYTHON=mine" in done.stderr
