"""Streamlit does not reset Keras under the hands of a training."""

from __future__ import annotations

import inspect
import sys
from types import SimpleNamespace

import pytest
from streamlit.runtime.scriptrunner import script_runner

from midime_ui import keras_session
from tests.support.stage import perform


@pytest.fixture
def clearings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was cleared in a Keras that only takes notes."""
    noted: list[str] = []
    backend = SimpleNamespace(clear_session=lambda: noted.append("cleared"))
    monkeypatch.setitem(sys.modules, "keras", SimpleNamespace(backend=backend))
    # Whatever a test does to the hook is undone afterwards.
    monkeypatch.setattr(script_runner, "_clean_problem_modules", _original())
    return noted


def _original() -> object:
    """Streamlit's own function, whether or not another test has replaced it."""
    namespace = dict(vars(script_runner))
    source = inspect.getsource(script_runner)
    start = source.index("def _clean_problem_modules")
    exec(source[start : source.index("\n\n\n", start)], namespace)  # noqa: S102 - Streamlit's own
    return namespace["_clean_problem_modules"]


def nothing() -> None:
    """A page without anything on it."""


def test_streamlit_clears_keras_after_a_run(clearings: list[str]) -> None:
    """If this fails, a new Streamlit has given it up, and the module is no longer needed."""
    perform(nothing)
    assert clearings


def test_it_is_kept_once_we_have_said_so(clearings: list[str]) -> None:
    """However often a page runs."""
    keras_session.keep()
    perform(nothing).run()
    assert clearings == []
