"""The theme can be read in both schemes, and needs no network."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from midime_ui.components import appearance, chart

ROOT = Path(__file__).resolve().parents[4]
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
TEXT, LARGE = 4.5, 3.0
"""Least contrast that WCAG 2.2 AA asks for: of text, and of large text and controls."""


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_the_one_of_the_guidelines() -> None:
    """Black on white, and a grey that just passes."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read(scheme: str) -> None:
    """Text, links, notes and the parts of a figure, on every ground that they stand on."""
    colours: dict[str, Any] = THEME[scheme]
    page = colours["backgroundColor"]
    grounds = [page, colours["secondaryBackgroundColor"], colours["sidebar"]["backgroundColor"]]
    for ground in grounds:
        assert contrast(colours["textColor"], ground) >= 7.0
        assert contrast(colours["linkColor"], ground) >= TEXT
        assert contrast(colours["primaryColor"], ground) >= LARGE
    for kind in ("red", "yellow", "blue"):
        note = colours[f"{kind}BackgroundColor"]
        assert contrast(colours[f"{kind}TextColor"], note) >= TEXT, kind
        assert contrast(colours[f"{kind}TextColor"], page) >= TEXT, kind
    assert all(contrast(c, page) >= TEXT for c in colours["chartCategoricalColors"])


def test_labels_of_primary_buttons_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """White on the colour of the light scheme; in the dark one, what the style says."""
    assert contrast("#ffffff", THEME["light"]["primaryColor"]) >= TEXT
    written = styles(monkeypatch, "dark")
    assert len(written) == 2
    rules = [line for line in written[1].splitlines() if "background:" in line]
    assert len(rules) == 2
    for rule in rules:
        ground, label = (rule.split(f"{what}: ")[1][:7] for what in ("background", "; color"))
        assert contrast(ground, label) >= TEXT
    assert THEME["dark"]["primaryColor"] in rules[0]


def test_the_light_scheme_needs_spacing_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit's own buttons can be read there."""
    (written,) = styles(monkeypatch, "light")
    assert "padding-top" in written
    assert "Button" not in written


def test_fonts_come_with_streamlit() -> None:
    """A page of somebody without a network looks the same."""
    assert THEME["font"] == "sans-serif"
    assert THEME["headingFont"] == "serif"
    assert "fontFaces" not in THEME
    assert "http" not in str(THEME)


def styles(monkeypatch: pytest.MonkeyPatch, theme: str) -> list[str]:
    """What is added to a page."""
    written: list[str] = []
    monkeypatch.setattr(chart, "theme", lambda: theme)
    monkeypatch.setattr(st, "html", written.append)
    appearance.apply()
    return written
