"""From a file to a variation, page by page, on fakes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

PATIENCE = 20.0


def upload(app: AppTest, tune: bytes, name: str = "tune.mid") -> None:
    """Drop one file on the first page."""
    app.run()
    app.file_uploader(key="files").upload(name, tune, "audio/midi").run()
    assert not app.exception


def train(app: AppTest) -> None:
    """Press the button and poll, as the fragment does, until the curve has been shown."""
    print([(type(e).__name__, getattr(e,"value",None)) for e in app.main])
    app.switch_page("pages/train.py").run()
    print([(type(e).__name__, getattr(e,"value",None)) for e in app.main])
    next(button for button in app.button if button.label.startswith("Train")).click().run()
    deadline = time.monotonic() + PATIENCE
    while any(button.key == "stop" for button in app.button) and time.monotonic() < deadline:
        time.sleep(0.1)
        app.run()
    assert not app.exception


def test_x(app, tune):
    upload(app, tune)
    train(app)
    print([m.value for m in app.markdown], [m.label for m in app.metric], [b.label for b in app.button])
    assert 0
