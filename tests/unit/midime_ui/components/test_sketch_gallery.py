"""Drawings stand side by side."""

from __future__ import annotations

import json

from tests.support.stage import perform


def script() -> None:
    """Five drawings, a pair, a way and a single one."""
    from midime_engine.sketches import drawings
    from midime_ui.components import sketch_gallery

    some = drawings(5)
    sketch_gallery.show(some, key="five", alt="Five drawings")
    sketch_gallery.show_pair(some[:2], some[2:4], key="pair", wish="Rounder")
    sketch_gallery.show_strip(some[:4], key="way", alt="A way")
    sketch_gallery.show_one(some[0], key="one", alt="One")


def test_every_drawing_has_its_sheet() -> None:
    """Three and two, two and two, two and two, and one."""
    page = perform(script)
    figures = [json.loads(chart.proto.spec) for chart in page.get("plotly_chart")]
    assert [len(figure["layout"]["shapes"]) for figure in figures] == [3, 2, 2, 2, 2, 2, 1]
    assert [text.value for text in page.markdown] == ["**Before**", "**After: Rounder**"]
