from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def _stderr_of(body: str) -> tuple[int, str]:
    program = (
        "import os, sys\nfrom midime_engine.cli.notices import without_notices\n"
        f"with without_notices():\n{body}\nprint('after', file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stderr


def test_greetings_of_tensorflow_are_dropped_and_all_else_is_passed_on() -> None:
    """A real warning of a C++ library reaches the user."""
    code, stderr = _stderr_of(
        "    os.write(2, b'I0000 port.cc oneDNN custom operations are on. You may see\\n')\n"
        "    os.write(2, b'E0000 the card has no memory left\\n')"
    )
    assert code == 0
    assert stderr.splitlines() == ["E0000 the card has no memory left", "after"]


def test_what_python_writes_is_not_filtered() -> None:
    """Bars and messages of the command itself go straight to the terminal."""
    _, stderr = _stderr_of("    print('oneDNN custom operations are on', file=sys.stderr)")
    assert stderr.splitlines() == ["oneDNN custom operations are on", "after"]


def test_an_error_leaves_with_its_traceback() -> None:
    """The filter is gone before Python prints what went wrong."""
    code, stderr = _stderr_of("    raise RuntimeError('broken')")
    assert code == 1
    assert stderr.rstrip().endswith("RuntimeError: broken")


def test_a_line_without_an_end_is_not_lost() -> None:
    """What is still in the pipe at the end is passed on."""
    _, stderr = _stderr_of("    os.write(2, b'half a line ')")
    assert stderr == "half a line after\n"


def test_a_replaced_stream_is_left_alone(capsys) -> None:
    """In a notebook or a test standard error is somebody else's."""
    from midime_engine.cli.notices import without_notices

    with without_notices():
        sys.stderr.write("here\n")
    assert capsys.readouterr().err == "here\n"
