"""What a visitor does, as functions."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

PATIENCE = 20.0


def upload(app: AppTest, *files: tuple[str, bytes]) -> None:
    """Drop files on the first page."""
    if not app.title:
        app.run()
    app.switch_page("pages/upload.py").run()
    app.file_uploader(key="files").set_value([(*file, "audio/midi") for file in files]).run()
    assert not app.exception


def train(app: AppTest) -> None:
    """Press the button and wait until the curve has been shown."""
    app.switch_page("pages/train.py").run()
    app.button(key="start").click().run()
    wait_for_the_result(app)


def wait_for_the_result(app: AppTest) -> None:
    """Until the whole curve of the training under way has been shown."""
    deadline = time.monotonic() + PATIENCE
    while not app.metric and time.monotonic() < deadline:
        time.sleep(0.1)
        app.run()
    assert not app.exception


def words(app: AppTest) -> str:
    """Everything that stands on the page, in one string."""
    kinds = (app.title, app.subheader, app.markdown, app.caption, app.error, app.warning, app.info)
    return "\n".join(element.value for elements in kinds for element in elements)


def links(app: AppTest) -> list[str]:
    """Where links of the main page lead."""
    return [link.proto.page for link in app.main.get("page_link")]
