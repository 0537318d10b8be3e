"""Pieces on a map, each called by its bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midime_ui import cutting
from midime_ui.components import chunk_map
from midime_ui.studies import Source, Study
from tests.support.stage import perform

if TYPE_CHECKING:
    import pytest


def script(study: Study) -> None:
    """The component alone; the choice is kept."""
    import streamlit as st

    from midime_ui import rebuilding
    from midime_ui.components import chunk_map

    st.session_state["result"] = chunk_map.show(rebuilding.embedding(study))


def test_a_piece_is_called_by_its_bars(study: Study) -> None:
    """With the song where there are several."""
    chunks = cutting.material(study).chunks.items
    assert chunk_map.labels_of(chunks[:2]) == ["bars 1 to 2", "bars 3 to 4"]

    twice = Study((study.sources[0], Source("b.mid", study.sources[0].data)), (), study.model)
    labels = chunk_map.labels_of(cutting.material(twice).chunks.items)
    assert labels[0] == "tune.mid, bars 1 to 2"
    assert labels[-1] == "b.mid, bars 15 to 16"


def test_the_chosen_piece_is_returned(study: Study) -> None:
    """The first one until another is chosen."""
    page = perform(script, study=study)
    assert page.session_state["result"] == 0
    assert len(page.get("plotly_chart")) == 1
    page.selectbox(key="chunk").set_value(5).run()
    assert page.session_state["result"] == 5


def test_a_click_chooses_and_changes_the_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    """The counter makes Plotly forget its selection, so that a point can be clicked again."""
    session: dict[str, object] = {}
    monkeypatch.setattr("streamlit.session_state", session)
    chunk_map._choose("chunk", 3)
    chunk_map._choose("chunk", 3)
    chunk_map._choose("sample", 9)
    assert session == {"chunk": 3, "chunk_clicks": 2}
