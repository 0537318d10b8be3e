"""The library of this host."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_engine.library import Content, Owner, settings
from midime_ui import library

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("fakes")


def test_all_sessions_share_one() -> None:
    """What one has saved another one finds."""
    owner = Owner("x")
    saved = library.library().save(owner, Content(model=b"x", base_model="mel_2bar"), name="x")
    assert library.library() is library.library()
    assert library.library().list_saved(owner) == (saved,)


@pytest.mark.parametrize("name", ["database_url", "store_url"])
def test_another_place_is_another_library(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    """The settings say which is meant."""
    first = library.library()
    kind = "sqlite:///" if name == "database_url" else "file://"
    monkeypatch.setattr(settings, name, lambda: f"{kind}{tmp_path / 'another'}")
    assert library.library() is not first
