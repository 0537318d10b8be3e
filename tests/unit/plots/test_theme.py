"""Colours that can be told apart and read."""

from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path
from typing import get_args

import plotly.graph_objects as go
import pytest

from midime_engine.plots.theme import Theme, empty_note, palette, plain, style, with_alpha

THEMES: tuple[Theme, ...] = get_args(Theme)
ROOT = Path(__file__).resolve().parents[3]


def _rgb(colour: str) -> list[float]:
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def _luminance(rgb: list[float]) -> float:
    """Relative luminance of WCAG 2.2."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _without_red_or_green(colour: str) -> list[float]:
    """What a person without the cones for green sees, about (Viénot, Brettel and Mollon 1999)."""
    red, green, blue = _rgb(colour)
    yellow = 0.29 * red + 0.71 * green
    return [yellow, yellow, 0.02 * (green - red) + blue]


@pytest.mark.parametrize("theme", THEMES)
def test_text_is_readable(theme: Theme) -> None:
    """At least 7 : 1 for text, 4.5 : 1 for labels, on the page and on the rows of a roll."""
    colours = palette(theme)
    for background in (colours.page, colours.black_key):
        assert _contrast(colours.text, background) >= 7
        assert _contrast(colours.muted, background) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_notes_and_curves_stand_out(theme: Theme) -> None:
    """At least 4.5 : 1 for everything that is drawn with a meaning."""
    colours = palette(theme)
    for colour in (
        *colours.roles.values(),
        *colours.others,
        colours.accent,
        colours.against,
    ):
        assert _contrast(colour, colours.page) >= 4.5, colour


@pytest.mark.parametrize("theme", THEMES)
def test_roles_are_told_apart_with_red_green_blindness(theme: Theme) -> None:
    """Melody, bass and drums differ in brightness or in what is left of their hue."""
    for one, other in combinations(palette(theme).roles.values(), 2):
        pairs = zip(_without_red_or_green(one), _without_red_or_green(other), strict=True)
        assert sum((a - b) ** 2 for a, b in pairs) ** 0.5 > 0.2, (one, other)


@pytest.mark.parametrize("theme", THEMES)
def test_the_grid_stays_behind_the_notes(theme: Theme) -> None:
    """Bars are seen, beats a little less, and neither competes with the music."""
    colours = palette(theme)
    bar, beat = (_contrast(line, colours.page) for line in (colours.bar_line, colours.beat_line))
    assert 1.1 < beat < bar < 3


def test_figures_use_the_colours_of_the_app() -> None:
    """The page and its figures are of one piece."""
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for theme in THEMES:
        app, colours = config["theme"][theme], palette(theme)
        assert colours.page == app["backgroundColor"]
        assert colours.text == app["textColor"]
        assert list(colours.roles.values()) == app["chartCategoricalColors"][:3]


def test_an_unknown_theme_is_a_mistake() -> None:
    """The known ones are named."""
    with pytest.raises(ValueError, match="light, dark"):
        palette("sepia")  # type: ignore[arg-type]


def test_names_are_shown_and_not_interpreted() -> None:
    """A track name from a file cannot put a link into a figure."""
    assert "<" not in plain("<a href='javascript:alert(1)'>Lead</a>")


def test_a_colour_can_be_seen_through() -> None:
    """Plotly wants it in words of its own."""
    assert with_alpha("#ff8000", 0.25) == "rgba(255,128,0,0.25)"


@pytest.mark.parametrize("theme", THEMES)
def test_a_styled_figure_is_transparent_and_lets_a_finger_scroll(theme: Theme) -> None:
    """It fits the page it stands on, in colour and in use."""
    drawn = style(go.Figure(), palette(theme), height=200, title="<i>Song</i>")
    assert drawn.layout.paper_bgcolor == drawn.layout.plot_bgcolor == "rgba(0,0,0,0)"
    assert drawn.layout.dragmode is False
    assert drawn.layout.title.text == "&lt;i&gt;Song&lt;/i&gt;"
    assert drawn.layout.font.color == palette(theme).text


def test_an_empty_figure_says_why() -> None:
    """A sentence in the middle instead of bare axes."""
    drawn = go.Figure()
    empty_note(drawn, palette("light"), "Nothing yet.")
    assert [a.text for a in drawn.layout.annotations] == ["Nothing yet."]
