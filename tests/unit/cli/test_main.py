from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from midime_engine import __version__
from midime_engine.cli import models
from midime_engine.cli.main import main
from midime_engine.errors import OptionError

ROOT = Path(__file__).resolve().parents[3]


def _python(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.parametrize("verb", ["personalize", "sample", "reconstruct", "models", "pretrain"])
def test_every_verb_explains_itself(verb: str, capsys) -> None:
    """``--help`` ends well and says more than the usage."""
    with pytest.raises(SystemExit) as caught:
        main([verb, "--help"])
    assert caught.value.code == 0
    assert len(capsys.readouterr().out.splitlines()) > 5


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["compose"],
        ["personalize"],
        ["personalize", "song.mid"],
        ["personalize", "song.mid", "--out", "x", "--epochs", "many"],
        ["personalize", "song.mid", "--out", "x", "--seed", "-3"],
        ["sample", "--out", "x", "--samples", "0"],
        ["sample", "--out", "x", "--temperature", "hot"],
        ["reconstruct", "song.mid", "--out", "x", "--loud"],
    ],
)
def test_words_that_mean_nothing_are_one_line_and_exit_code_2(words, capsys) -> None:
    """The line names the help that would have said it."""
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
    assert "--help" in captured.err


@pytest.mark.parametrize(
    "words",
    [
        ["personalize", "nowhere.mid", "--out", "{out}"],
        ["personalize", "{junk}", "--out", "{out}"],
        ["personalize", "{song}", "--out", "{song}"],
        ["personalize", "{song}", "--out", "{out}", "--model", "nobody"],
        ["reconstruct", "{song}", "--out", "{out}", "--midime", "{junk}"],
        ["sample", "{junk}", "--out", "{out}"],
        ["sample", "nowhere.safetensors", "--out", "{out}"],
    ],
)
def test_bad_input_is_one_line_with_a_remedy_and_exit_code_2(
    words, song_path, tmp_path, capsys
) -> None:
    """Missing files, files that are something else, folders that are files, unknown models."""
    junk = tmp_path / "junk.mid"
    junk.write_bytes(os.urandom(5000))
    places = {"junk": junk, "song": song_path, "out": tmp_path / "out"}
    assert main([word.format(**places) for word in words]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
    assert captured.err.startswith("midime: ")


def test_an_error_of_several_lines_becomes_one(monkeypatch, capsys) -> None:
    """Whatever the engine says, a script can read it as one line."""

    def fail(_options: object) -> None:
        raise OptionError("First\nsecond.", remedy="Third.")

    monkeypatch.setattr(models, "run", fail)
    assert main(["models"]) == 2
    assert capsys.readouterr().err == "midime: First second. Third.\n"


def test_an_interrupt_is_no_traceback(monkeypatch, capsys) -> None:
    """Control-C ends with the exit code that shells expect."""

    def interrupt(_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(models, "run", interrupt)
    assert main(["models"]) == 130
    assert capsys.readouterr().err == "midime: stopped.\n"


def test_a_mistake_of_ours_is_not_hidden(monkeypatch) -> None:
    """Only errors that a user can cause become one line."""

    def blunder(_options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(models, "run", blunder)
    with pytest.raises(ZeroDivisionError):
        main(["models"])


def test_the_module_is_the_command() -> None:
    """``python -m midime_engine`` takes the same words."""
    done = _python("-m", "midime_engine", "--version")
    assert (done.returncode, done.stdout) == (0, f"midime {__version__}\n")


def test_a_reader_who_leaves_early_is_no_error() -> None:
    """``midime models | head -0`` says nothing about pipes."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "midime_engine", "models"],
        cwd=ROOT,
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=60,
    )
    os.close(write)
    assert done.stderr == ""
