"""Which parts of the page are drawn again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from midime_ui import following

if TYPE_CHECKING:
    import pytest


def test_the_workbench_comes_first_then_what_is_below(monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing in particular where there are no such parts."""
    session: dict[str, object] = {}
    asked: list[object] = []
    monkeypatch.setattr(st, "session_state", session)
    monkeypatch.setattr(st, "rerun", asked.append)
    following.redraw()
    assert not asked
    following.set_up()
    following.redraw()
    assert asked == [[following.WORKBENCH, following.BELOW]]
