"""Links lead to where the app is served, whatever host and folder that is."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import streamlit as st

from midime_ui import links


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("http://localhost:8501/explore", "http://localhost:8501/explore?share=abc&z0=1.5"),
        ("https://a.example/", "https://a.example/explore?share=abc&z0=1.5"),
        ("https://a.example", "https://a.example/explore?share=abc&z0=1.5"),
        ("https://a.example/midi/explore", "https://a.example/midi/explore?share=abc&z0=1.5"),
        ("https://a.example/midi/", "https://a.example/midi/explore?share=abc&z0=1.5"),
        ("https://a.example/midi", "https://a.example/midi/explore?share=abc&z0=1.5"),
        ("https://a.example/library?x=1", "https://a.example/explore?share=abc&z0=1.5"),
        (None, "/explore?share=abc&z0=1.5"),
    ],
)
def test_a_share_is_opened_on_the_page_for_exploring(
    monkeypatch: pytest.MonkeyPatch, here: str | None, there: str
) -> None:
    """With the sliders in the address."""
    monkeypatch.setattr(st, "context", SimpleNamespace(url=here))
    assert links.to_share("abc", {"z0": "1.5"}) == there


def test_an_owner_is_led_to_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the secret."""
    monkeypatch.setattr(st, "context", SimpleNamespace(url="https://a.example/explore"))
    assert links.to_library("s") == "https://a.example/library?owner=s"
