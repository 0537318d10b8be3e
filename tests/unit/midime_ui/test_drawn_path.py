"""A way on the map is handed over while it fits."""

from __future__ import annotations

import pytest
import streamlit as st

from midime_ui import drawn_path


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """A session without a browser."""
    values: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", values)
    return values


def test_a_way_is_handed_over() -> None:
    """In its order."""
    assert drawn_path.points(2) == ()
    way = ((0.0, 1.0), (2.0, -1.0), (0.5, 0.5))
    drawn_path.put(way)
    assert drawn_path.points(2) == way


def test_half_a_way_or_that_of_another_midime_is_none() -> None:
    """One point leads nowhere; two numbers are no place among four sliders."""
    drawn_path.put(((0.0, 1.0),))
    assert drawn_path.points(2) == ()
    drawn_path.put(((0.0, 1.0), (1.0, 1.0)))
    assert drawn_path.points(4) == ()
