"""The dark scheme has readable buttons, the light one needs nothing."""

from __future__ import annotations

import pytest
import streamlit as st

from midime_ui.components import appearance, chart


@pytest.mark.parametrize(("theme", "n_styles"), [("dark", 1), ("light", 0)])
def test_a_style_is_added_in_the_dark_only(
    monkeypatch: pytest.MonkeyPatch, theme: str, n_styles: int
) -> None:
    """And it is about primary buttons only."""
    written: list[str] = []
    monkeypatch.setattr(chart, "theme", lambda: theme)
    monkeypatch.setattr(st, "html", written.append)

    appearance.apply()

    assert len(written) == n_styles
    assert all("stBaseButton-primary" in style for style in written)
