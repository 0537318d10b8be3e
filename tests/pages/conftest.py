"""The app on fakes: no TensorFlow, no waiting, everything else as in the product."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from tests.support.studio import a_tune, with_fakes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SERIALIZABLE = "runner.enforceSerializableSessionState"


@pytest.fixture
def _routed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a server that has called ``st.navigation``: every run begins with the router.

    AppTest forgets it before each run and, because there is a folder called ``pages``, would run
    the page alone from the second run on.
    """
    make = PagesManager.__init__

    def make_routed(self: PagesManager, *arguments, **options) -> None:
        make(self, *arguments, **options)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", make_routed)


@pytest.fixture
def app(
    monkeypatch: pytest.MonkeyPatch, root: Path, tmp_path: Path, _routed: None
) -> Iterator[AppTest]:
    """The app as a first visitor meets it."""
    # AppTest keeps the widgets' local functions in the session; our own state is checked by
    # tests/unit/midime_ui/test_state.py and, with this option on, in the browser.
    original = config.get_option(_SERIALIZABLE)
    config.set_option(_SERIALIZABLE, False)
    with with_fakes(monkeypatch, tmp_path):
        yield AppTest.from_file(str(root / "streamlit_app.py"), default_timeout=60)
    config.set_option(_SERIALIZABLE, original)


@pytest.fixture(scope="session")
def root(pytestconfig: pytest.Config) -> Path:
    """The checkout."""
    return pytestconfig.rootpath


@pytest.fixture
def tune() -> bytes:
    """Thirty-two bars of a scale that climbs, at 90 quarter notes per minute, as a MIDI file."""
    return a_tune(n_bars=32, qpm=90)
