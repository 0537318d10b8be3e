"""The next step is the one that is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midime_ui import navigation
from midime_ui.components import training_panel, way_on

if TYPE_CHECKING:
    from midime_ui.personal import Personal


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, dict[str, object]]]:
    """Where the button leads, and what it does on the way."""
    calls: list[tuple[object, dict[str, object]]] = []
    monkeypatch.setattr("streamlit.session_state", {})
    monkeypatch.setattr(navigation, "show_next", lambda step, **rest: calls.append((step, rest)))
    return calls


def test_without_a_midime_the_training_begins_with_the_click(shown: list) -> None:
    """No second button has to be pressed."""
    way_on.show(instead=navigation.EMBEDDING)
    (step, rest) = shown[0]
    assert step is navigation.TRAIN
    assert rest["on_click"] is training_panel.start_at_once


def test_with_a_midime_the_way_leads_to_its_sliders(shown: list, personal: Personal) -> None:
    """What is trained need not be trained again."""
    from midime_ui import state

    state.set_personal(personal)
    way_on.show()
    assert shown[0][0] is navigation.EXPLORE
