"""A file is kept when it is a MidiMe, and explained when it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_engine.library import Owner
from midime_engine.midime import persistence
from midime_engine.midime.config import MidiMeConfig
from midime_engine.midime.model import MidiMe
from midime_engine.music.playback import Playback
from midime_engine.pipelines.provenance import Provenance
from midime_ui import library
from tests.support.stage import perform

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest


def script() -> None:
    """The component alone."""
    from midime_ui.components import import_file

    import_file.show()


@pytest.fixture(autouse=True)
def _on_fakes(fakes: None) -> None:
    """With an empty library."""


def drop(data: bytes) -> AppTest:
    """Choose a file and press the button."""
    page = perform(script)
    page.file_uploader(key="midime_file").set_value([("mine.safetensors", data, "")]).run()
    return page.button(key="import").click().run()


def test_a_midime_is_kept() -> None:
    """The visitor becomes an owner by it."""
    provenance = Provenance("mel_2bar", ("melody",), Playback())
    page = drop(persistence.to_bytes(MidiMe(MidiMeConfig()), provenance.to_json()))
    assert not page.error
    owner = Owner.by_secret(page.session_state["owner"])
    assert [saved.name for saved in library.library().list_saved(owner)] == ["mine"]


def test_anything_else_is_explained_in_place() -> None:
    """With the name of the file."""
    page = drop(b"nonsense" * 100)
    assert not page.exception
    assert "mine.safetensors" in page.error[0].value
    assert "What to do" in page.error[0].value
