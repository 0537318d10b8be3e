"""A way leads from one kind to another."""

from __future__ import annotations

import json

import pytest

from tests.support.sketching import with_fake_sketches
from tests.support.stage import perform


def script() -> None:
    """The choice and the way."""
    from midime_ui.components import sketch_between

    sketch_between.show()


@pytest.fixture(autouse=True)
def _fakes(monkeypatch) -> None:
    with_fake_sketches(monkeypatch)


def test_eight_drawings_lie_on_the_way() -> None:
    """Other ends, another way."""
    page = perform(script)

    def lines() -> list:
        figures = [json.loads(chart.proto.spec) for chart in page.get("plotly_chart")]
        assert sum(len(figure["layout"]["shapes"]) for figure in figures) == 8
        return [figure["data"][0]["x"] for figure in figures]

    before = lines()
    page.selectbox(key="sketch_to").set_value("fish").run()
    assert lines() != before
