"""What is rated, and what becomes of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from midime_ui import navigation
from midime_ui.components import guard, rule_ground
from midime_ui.ground import Ground
from tests.support.stage import perform, words

if TYPE_CHECKING:
    from midime_ui.personal import Personal
    from midime_ui.studies import Study


def script(*, visits: bool) -> None:
    """For the owner of everything, or for a visitor."""
    import streamlit as st

    from midime_ui import state
    from midime_ui.components import rating_ground

    if visits:
        when = datetime(2030, 1, 1, tzinfo=UTC)
        state.set_visit(state.Visit("id", "*Song*", when, with_songs=False))
    st.session_state["ground"] = rating_ground.show().key
    rating_ground.show_stored()


@pytest.fixture(autouse=True)
def _without_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "show_link", lambda _step, **_: None)


def test_one_chooses_from_where_to_start(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """And reads that nothing is stored."""
    asked = []

    def show(**said: str) -> Ground:
        asked.append(said)
        return Ground(study.model)

    monkeypatch.setattr(rule_ground, "show", show)
    page = perform(script, visits=False)
    assert page.session_state["ground"] == (study.model,)
    assert asked == [{"what": "your taste"}]
    assert "stored nowhere" in words(page)


def test_a_visitor_rates_what_is_shared(
    study: Study, personal: Personal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And reads, before anything is, what will be stored."""
    monkeypatch.setattr(guard, "show_explorable", lambda: study)
    monkeypatch.setattr(guard, "show_personal", lambda _study: personal)
    page = perform(script, visits=True)
    assert page.session_state["ground"] == Ground(study.model, study, personal).key
    told = words(page)
    assert "Stored with it, under a random number" in told
    assert "nothing else" in told
    assert r"\*Song\*" in told
    assert "stored nowhere" not in told
