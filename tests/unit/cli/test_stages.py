from __future__ import annotations

import io

import pytest

from midime_engine.cli.stages import Stages


class Terminal(io.StringIO):
    """A stream that claims to be a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_every_stage_is_timed_in_order() -> None:
    """A stage that comes twice is one entry."""
    with Stages(io.StringIO()) as stages:
        for key in ("import", "load", "import"):
            with stages.stage(key, key):
                pass
    assert list(stages.seconds) == ["import", "load"]
    assert all(seconds >= 0 for seconds in stages.seconds.values())


def test_a_stage_that_fails_is_timed_and_its_error_goes_on() -> None:
    """The bars never swallow what went wrong."""
    stages = Stages(io.StringIO())
    with pytest.raises(ZeroDivisionError), stages, stages.stage("train", "Training"):
        raise ZeroDivisionError
    assert "train" in stages.seconds


def test_a_terminal_gets_a_bar_with_its_note(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits sees what happens."""
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    with Stages(terminal) as stages, stages.stage("train", "Training", total=2) as advance:
        advance("loss 9.0")
        advance("loss 7.0")
    assert "Training" in terminal.getvalue()
    assert "loss 7.0" in terminal.getvalue()


def test_a_pipe_gets_nothing() -> None:
    """Logs are not filled with bars."""
    pipe = io.StringIO()
    with Stages(pipe) as stages, stages.stage("train", "Training", total=2) as advance:
        advance("loss 9.0")
    assert pipe.getvalue() == ""


def test_a_download_shows_its_megabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the whole size behind them where it is known, and timed like a stage."""
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    with Stages(terminal) as stages, stages.transfer("download", "Downloading") as report:
        report(1_500_000, None)
        report(2_000_000, 17_700_000)
    assert "2.0 of 17.7 MB" in terminal.getvalue()
    assert list(stages.seconds) == ["download"]
